import { type RequestHandler, Router, raw } from 'express';
import { TooMany } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { showsToken } from '../middleware/bearerToken.js';
import { addressOf } from '../middleware/limitRate.js';
import { onlyMigrated } from '../middleware/onlyMigrated.js';
import { withoutForm } from '../middleware/routeNeeds.js';

/** Bytes of a message, at most: as large as mail servers let a person send. */
const LARGEST = '10mb';
const CONTENT_TYPES = ['message/rfc822', 'application/octet-stream', 'text/plain'];

const letMailServerIn =
  ({ limits }: Pick<Services, 'limits'>, secret: string): RequestHandler =>
  async (req, res, next) => {
    if (showsToken(req, secret)) return next();
    const { allowed, retryInSeconds } = await limits.take('wrong-secrets-from-address', addressOf(req));
    if (!allowed) throw new TooMany(retryInSeconds);
    res.set('WWW-Authenticate', 'Bearer').status(401).type('text').send('Wrong secret\n');
  };

/**
 * Where a mail server posts each message that it receives for us, as it is: it comes before cookies, sessions and forms, of
 * which it has none. Answers 200 once the message is kept, also when it belongs nowhere, so that the server does not send
 * it again; 404 as long as no secret is set, 401 with a wrong one, 413 and 415 for what is no message. When the store is
 * away, the error handler answers 500, and the mail server tries again.
 */
export const inboundRouter = (
  services: Pick<Services, 'limits' | 'readiness' | 'receiveEmail'>,
  { secret }: { secret: string | null },
): Router => {
  const router = Router();
  if (!secret) {
    router.post(
      paths.inbound(),
      withoutForm('inbound webhook'),
      (_req, res) => void res.status(404).type('text').send('No secret is set here\n'),
    );
    return router;
  }
  router.post(
    paths.inbound(),
    withoutForm('inbound webhook'),
    letMailServerIn(services, secret),
    onlyMigrated(services),
    raw({ type: CONTENT_TYPES, limit: LARGEST }),
    async (req, res) => {
      if (!Buffer.isBuffer(req.body) || req.body.length === 0) {
        res.status(415).type('text').send('Send the message itself, as message/rfc822\n');
        return;
      }
      res.type('text').send(`${await services.receiveEmail(req.body)}\n`);
    },
  );
  return router;
};
