import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { logger } from './logger.js';

const SECOND = 1000;
const KB = 1024;

/**
 * What one connection may take: who sends slowly, reads slowly or says nothing holds a socket and some memory, and must not
 * hold them for long. Milliseconds, but where another unit is said.
 */
export const SERVER_LIMITS = {
  /** Until the last line of the headers: one packet, from a browser or a proxy. */
  headersTimeout: 10 * SECOND,
  /** Until the last byte of the body: 64 KB of form over a bad line in the hills, or 10 MB from a mail server. */
  requestTimeout: 30 * SECOND,
  /** How often the two above are looked at: they may be exceeded by as much. */
  connectionsCheckingInterval: 1 * SECOND,
  /** Between two requests. Longer than proxies keep an idle connection (60 s): one that we close first is a failed request. */
  keepAliveTimeout: 65 * SECOND,
  /** Nothing sent and nothing taken by a client during a request: longer than any answer takes, a printed report included. */
  silence: 60 * SECOND,
  /** Bytes of the request line and the headers: our cookies are 1 KB, and addresses shorter. */
  maxHeaderSize: 16 * KB,
  /** A browser sends 20, each proxy adds 5; what is beyond is not read. */
  maxHeadersCount: 100,
  /** Then the connection ends in order: a proxy opens another one, to a process that was started since. */
  maxRequestsPerSocket: 1000,
  /** At the same time; others are closed at once. An idle one costs 20 KB: 40 MB in all. */
  maxConnections: 2000,
} as const;

type Limits = Record<keyof typeof SERVER_LIMITS, number>;

/** What takes a request, and hears of a fault that comes after the answer. */
export interface Application {
  (req: IncomingMessage, res: ServerResponse, done: (error?: unknown) => void): void;
  /** Of an application of Express: the prototypes that it gives to each request and answer. */
  request?: IncomingMessage;
  response?: ServerResponse;
}

/** A fault that comes when the answer has gone (a late one was answered for it): noted, and nobody's connection is cut. */
const noteLate =
  (res: ServerResponse) =>
  (error?: unknown): void => {
    if (error) logger.warn({ err: error }, 'a fault after the answer');
    if (!res.headersSent) res.writeHead(500).end();
    else if (!res.writableEnded) res.destroy();
  };

/**
 * A target is a path. A whole address ("GET http://… HTTP/1.1", which only proxies are sent) is read as its path, and what is
 * neither is refused here: Express would hand it to `url.parse`, which later versions of Node let throw.
 */
const pathsOnly =
  (app: Application): RequestListener =>
  (req, res) => {
    const target = req.url ?? '';
    if (target.startsWith('/')) return app(req, res, noteLate(res));
    if (!/^https?:/i.test(target) || !URL.canParse(target))
      return void res.writeHead(400, { Connection: 'close' }).end();
    const { pathname, search } = new URL(target);
    req.url = `${pathname}${search}`;
    app(req, res, noteLate(res));
  };

/**
 * Gives an application of Express, served by this server alone, classes for its requests and answers, of which the server makes
 * them. Express changes the prototype of each that is made of another: such an object is slow for the rest of its life and
 * collected late, and a bare Express answers four times as many requests without (Node 20).
 */
const giveClasses = (app: Application) => {
  if (!app.request || !app.response) return {};
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  app.request = Object.setPrototypeOf(AppRequest.prototype, app.request) as AppRequest;
  app.response = Object.setPrototypeOf(AppResponse.prototype, app.response) as AppResponse;
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
};

/**
 * The HTTP server of an application, within these limits. Node itself answers what it cannot read (400), headers that are too
 * long (431) or too slow, and a body that is too slow (408): a status line without a body, and the connection is closed.
 */
export const boundedServer = (app: Application, limits: Limits = SERVER_LIMITS): Server => {
  const { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout, maxHeaderSize } = limits;
  const bounds = { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout, maxHeaderSize };
  const server = createServer({ ...bounds, ...giveClasses(app) }, pathsOnly(app));
  server.maxHeadersCount = limits.maxHeadersCount;
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket;
  server.maxConnections = limits.maxConnections;
  server.timeout = limits.silence;
  return server;
};
