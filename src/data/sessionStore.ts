import { setTimeout } from 'node:timers/promises';
import { Store as ExpressStore, type SessionData } from 'express-session';
import type { SessionContent } from './sessions.js';
import type { Store } from './store.js';

/** Milliseconds that the end of a page waits for its session to be marked as used. */
const TOUCH_PATIENCE = 500;

type Told<Value> = (error: unknown, value?: Value) => void;

/** Tells express-session, which waits for no promise. */
const tell = <Value>(work: Promise<Value>, told: Told<Value> = () => undefined): void =>
  void work.then(
    (value) => told(null, value),
    (error: unknown) => told(error),
  );

/** All that a session holds, with what its cookie is made of; how long that still lasts is left to the store. */
const contentOf = ({ cookie, seenAt: _seenAt, ...held }: SessionData): SessionContent => {
  const { originalMaxAge, httpOnly, path, sameSite, secure } = cookie;
  return { ...held, cookie: { originalMaxAge, httpOnly, path, sameSite, secure } } as SessionContent;
};

/** Sessions of express-session in the store, by the clock of the desk. A class, because express-session asks for one. */
export class SessionStore extends ExpressStore {
  constructor(
    private readonly sessions: Store['sessions'],
    private readonly clock: () => Date,
  ) {
    super();
  }

  override get(id: string, told: (error: unknown, session?: SessionData | null) => void): void {
    const read = async (): Promise<SessionData | null> => {
      const found = await this.sessions.read(id, this.clock());
      return found && ({ ...found.content, seenAt: found.seenAt } as unknown as SessionData);
    };
    tell(read(), told);
  }

  override set(id: string, session: SessionData, told?: (error?: unknown) => void): void {
    tell(this.sessions.keep(id, contentOf(session), this.clock()), told);
  }

  override touch(id: string, session: SessionData, told?: () => void): void {
    const { seenAt, startedAt = seenAt } = session;
    const touched = this.sessions.touch(id, { seenAt, startedAt }, this.clock()).catch(() => undefined);
    // The page is made: it neither fails nor waits for long because the store has gone meanwhile.
    tell(Promise.race([touched, setTimeout(TOUCH_PATIENCE, undefined, { ref: false })]), told);
  }

  override destroy(id: string, told?: (error?: unknown) => void): void {
    tell(this.sessions.end(id, this.clock()), told);
  }
}
