import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

const POLICY = 'Content-Security-Policy';

/** What a page may ask the browser for: nothing, but putting codes of ours into the clipboard when their button is pressed. */
const PERMISSIONS = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'browsing-topics', 'camera', 'clipboard-read', 'display-capture'],
  ...[
    'encrypted-media',
    'fullscreen',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
  ],
  ...['microphone', 'midi', 'payment', 'picture-in-picture', 'publickey-credentials-get', 'screen-wake-lock', 'serial'],
  ...['storage-access', 'usb', 'web-share', 'window-management', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .concat('clipboard-write=(self)')
  .join(', ');

/** What this middleware sets on an answer that nobody waits for. */
const headersOf = (middleware: (req: IncomingMessage, res: ServerResponse, next: () => void) => void) => {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  middleware(req, res, () => undefined);
  return res.getHeaderNames().map((name): [string, string] => [name, String(res.getHeader(name))]);
};

/**
 * Nothing from third parties, no inline script or style, no framing, no window or resource shared with another site. HSTS only
 * where the site is served over https, for two years; not for what lies under its name, which may be other people's: our
 * cookies need it not, for `__Host-` keeps them from neighbours. The same for every answer: asked for once.
 */
export const secureHeaders = ({ https }: { https: boolean }): RequestHandler => {
  const headers = new Map([['Permissions-Policy', PERMISSIONS], ...headersOf(helmetFor(https))]);
  return (_req, res, next) => {
    res.setHeaders(headers);
    next();
  };
};

const helmetFor = (https: boolean) =>
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
    strictTransportSecurity: https ? { maxAge: 2 * 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
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
  // A site that isolates itself (COEP) frames only what lets itself be used from elsewhere.
  res.set('Cross-Origin-Resource-Policy', 'cross-origin');
};
