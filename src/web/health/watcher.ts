import type { Request } from 'express';
import { showsToken } from '../middleware/bearerToken.js';
import { type Guard, guard } from '../middleware/routeNeeds.js';

/** What a proxy adds: with any of them, the question comes from elsewhere. */
const FORWARDING = ['Forwarded', 'Via', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP'];
const OF_THIS_MACHINE = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

const isFromHere = (req: Request): boolean =>
  OF_THIS_MACHINE.test(req.socket.remoteAddress ?? '') && FORWARDING.every((name) => req.get(name) === undefined);

/**
 * The guard of what is for programs that watch over the processes: the token of METRICS_TOKEN, or without one a connection
 * from this machine that no proxy has handed on, where there is no proxy. Others are told 401, or that nothing is here.
 */
export const watcher = (token: string | null, isBehindProxy: boolean): Guard =>
  guard({ who: 'watcher' }, (req, res, next) => {
    if (token ? showsToken(req, token) : !isBehindProxy && isFromHere(req)) return next();
    if (!token) return next('route');
    res.set('WWW-Authenticate', 'Bearer').status(401).type('text').send('Wrong token\n');
  });
