import type { Response } from 'express';
import helmet from 'helmet';

const POLICY = 'Content-Security-Policy';

/** Nothing from third parties, no inline script or style, no framing. HSTS only where the site is served over https. */
export const secureHeaders = ({ https }: { https: boolean }) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  });

/** Of Bull Board: nothing from elsewhere, but pictures within its styles; its page begins with the address of its own. */
export const policyOfBoard = (res: Response): void =>
  void res.set(
    POLICY,
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
      "base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  );

/** This page, and no other, may show pages of ours in a frame. */
export const framesItself = (res: Response): void => void res.set(POLICY, `${res.get(POLICY)};frame-src 'self'`);

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/i;

/** This page, and no other, may stand in a frame of these sites (origins); of none when the list is empty. */
export const mayBeFramedBy = (res: Response, sites: string[]): void => {
  const allowed = sites.filter((site) => ORIGIN.test(site)).join(' ');
  if (!allowed) return;
  res.set(POLICY, String(res.get(POLICY)).replace("frame-ancestors 'none'", `frame-ancestors ${allowed}`));
  res.removeHeader('X-Frame-Options');
};
