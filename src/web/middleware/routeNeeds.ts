import type { RequestHandler } from 'express';
import type { Permission } from '../../domain/referrals/access.js';

/** What the secret of an address opens. */
type LinkPurpose = 'follow-up' | 'resume' | 'sign-in' | 'reset' | 'invitation' | 'unsubscribe';

/** The only two that change something without the token of a form, for they come from programs: what each shows instead. */
const SHOWN_INSTEAD = {
  'inbound webhook': 'the secret of INBOUND_SECRET',
  'one-click unsubscribe': 'the secret of the link (RFC 8058)',
} as const;
type WithoutForm = keyof typeof SHOWN_INSTEAD;

/** What a route asks for before it answers. */
export type Need =
  | { who: 'anybody' }
  | { who: 'holder of a link'; purpose: LinkPurpose }
  | { who: 'staff'; permission: Permission }
  | { who: 'signing in' }
  | { who: 'watcher' }
  | { who: 'program'; named: WithoutForm };

/**
 * The first handler of a route: it says what the route asks for, and asks. Every route of the application has exactly one
 * (test/web/routes.test.ts), so that reading a router tells who gets in: `anybody`, `byLink`, `withoutForm` here;
 * `requires` and `signingIn` in staffSession.ts; `watcher` in health/watcher.ts.
 */
export type Guard = RequestHandler & { need: Need };

export const guard = (need: Need, ask: RequestHandler): Guard => Object.assign(ask, { need });

/** A page or a form that is for everybody, signed in or not. */
export const anybody: Guard = guard({ who: 'anybody' }, (_req, _res, next) => next());

/**
 * Whoever has the secret of the address; the screen looks it up, under this purpose alone. Neither kept by a browser, nor for
 * search engines.
 */
export const byLink = (purpose: LinkPurpose): Guard =>
  guard({ who: 'holder of a link', purpose }, (_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    next();
  });

/** A program that has no form of ours, hence no token: its router stands before `formToken`, and looks at what it shows instead. */
export const withoutForm = (named: WithoutForm): Guard =>
  guard({ who: 'program', named }, (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
