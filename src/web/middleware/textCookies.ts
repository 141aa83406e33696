import type { RequestHandler } from 'express';

/** The cookie parser makes an object of a cookie that begins with "j:". Ours are all texts: anything else is dropped. */
export const textCookies: RequestHandler = (req, _res, next) => {
  for (const jar of [req.cookies, req.signedCookies] as Record<string, unknown>[])
    for (const [name, value] of Object.entries(jar)) if (typeof value !== 'string') delete jar[name];
  next();
};
