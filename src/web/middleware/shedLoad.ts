import { AsyncResource } from 'node:async_hooks';
import type { Request, RequestHandler, Response } from 'express';
import { logger } from '../../logger.js';
import { changingSet } from '../changingSet.js';

/**
 * When new requests are refused, so that those under way are answered in time. Ours, and not a package: overload-protection and
 * toobusy-js measure how late the event loop is, which on Node 20 misses what waits to be accepted (one connection a turn) and
 * goes on refusing after the rush; what is better kept goes with other frameworks than Express.
 */
const LIMITS = {
  /** Requests under way. One takes 2 to 5 ms of processor time: the last one waits for less than a second. */
  underWay: 200,
  /**
   * Milliseconds after which a request whose body is still coming is not counted: it takes memory, bounded elsewhere
   * (src/boundedServer.ts), and no time.
   */
  slowBody: 1000,
  /** Turns of the event loop that work waits, at most, for requests that come to be read: some milliseconds of a rush. */
  reading: 50,
  /** Milliseconds of work in a turn: many light pages, or one that takes longer. */
  slice: 1,
} as const;
type Limits = Record<keyof typeof LIMITS, number>;

/** Seconds after which to try again. */
const RETRY_AFTER = '5';

/** Milliseconds between two lines in the log. */
const TOLD_EVERY = 10_000;

/** In both languages, for neither cookie nor header is looked at. Names no file: each would be one more request. */
const PAGE = `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Beaucoup de monde en ce moment</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Beaucoup de monde en ce moment</h1>
<p>Rechargez cette page dans quelques secondes. Si vous veniez d’envoyer un formulaire, votre navigateur propose de le renvoyer
avec vos réponses.</p>
<div lang="en"><h2>Many people are here just now</h2>
<p>Reload this page in a few seconds. If you had just sent a form, your browser offers to send it again with your answers.</p>
</div></main></body></html>
`;

/** For those who run the desk: one line every ten seconds at most, however many are refused. */
const teller = () => {
  let refused = 0;
  let lastTold = Number.NEGATIVE_INFINITY;
  return (underWay: number): void => {
    refused += 1;
    if (performance.now() - lastTold < TOLD_EVERY) return;
    logger.warn({ refused, underWay }, 'more than this process can do: requests are refused');
    refused = 0;
    lastTold = performance.now();
  };
};

/**
 * Begins the work of requests: at once, as long as a turn of the event loop has time for it. Then there is a rush: those that have
 * come are read first, and counted, instead of waiting where nobody sees them; once a turn brings no other, those that were read
 * are begun, a slice of time a turn.
 */
const workQueue = ({ reading, slice }: Limits) => {
  const waiting: (() => void)[] = [];
  let hasRead = false;
  let isWatched = false;
  let turns = 0;
  /** Milliseconds, in this turn; or in the last one that had no more time. */
  let worked = 0;
  const work = (begin: () => void): void => {
    const begun = performance.now();
    begin();
    worked += performance.now() - begun;
  };
  const beginSome = (): void => {
    turns = 0;
    worked = 0;
    for (let begin = waiting.shift(); begin; begin = worked < slice ? waiting.shift() : undefined) work(begin);
  };
  const endTurn = (): void => {
    turns += 1;
    isWatched = worked >= slice || waiting.length > 0;
    if (!isWatched || !hasRead || turns > reading) beginSome();
    hasRead = false;
    if (isWatched) setImmediate(endTurn);
  };
  return (begin: () => void): void => {
    hasRead = true;
    if (!isWatched) setImmediate(endTurn);
    isWatched = true;
    // Whatever follows a request (its id in the logs, its trace) must not follow the one before it.
    if (worked < slice) work(begin);
    else waiting.push(AsyncResource.bind(begin));
  };
};

interface Arrival {
  req: Request;
  /** Milliseconds, on the clock of performance.now(). */
  at: number;
}

/** What is under way: from its arrival until its answer begins, however slowly the client takes it. */
const counter = (slowBody: number) => {
  const arrivals = changingSet<Arrival>();
  /** One whose answer has begun, or whose connection broke: an answer that waited for others on it is told of no end. */
  const isOver = ({ req }: Arrival): boolean => req.socket.destroyed || req.res?.headersSent === true;
  return {
    add(req: Request, res: Response): void {
      res.once('close', arrivals.add({ req, at: performance.now() }).leave);
    },
    /** How many are at work; looked at one by one, and those that are over forgotten, only when that matters. */
    atWork(enough: number): number {
      if (arrivals.size < enough) return arrivals.size;
      for (const { item, leave } of arrivals.members()) if (isOver(item)) leave();
      const now = performance.now();
      return arrivals.members().filter(({ item: { req, at } }) => req.complete || now - at < slowBody).length;
    },
  };
};

/**
 * Refuses a new request with 503 and Retry-After, before any work, as long as so many others are under way in this process. What
 * was begun goes on. Health comes before it, and is never refused.
 */
export const shedLoad = (limits: Limits = LIMITS): RequestHandler => {
  const underWay = counter(limits.slowBody);
  const begin = workQueue(limits);
  const tell = teller();
  return (req, res, next) => {
    const atWork = underWay.atWork(limits.underWay);
    if (atWork < limits.underWay) {
      underWay.add(req, res);
      return begin(() => {
        // Whoever has left meanwhile waits for nothing.
        if (!res.closed) next();
      });
    }
    tell(atWork);
    res.status(503).set({ 'Retry-After': RETRY_AFTER, 'Cache-Control': 'no-store' }).type('html').send(PAGE);
  };
};
