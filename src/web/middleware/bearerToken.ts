import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Whether a program shows this secret (Authorization: Bearer …); told in the same time, however much of it is right. */
export const showsToken = (req: Request, secret: string): boolean =>
  timingSafeEqual(hashOf(/^Bearer +(\S+)$/i.exec(req.get('Authorization') ?? '')?.[1] ?? ''), hashOf(secret));
