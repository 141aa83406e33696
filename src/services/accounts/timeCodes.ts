import { Secret, TOTP } from 'otpauth';

/** What every application for codes understands (RFC 6238): six digits of SHA-1, new each half minute. */
const STEP = 30;
const SHAPE = { algorithm: 'SHA1', digits: 6, period: STEP } as const;
/** A code is good half a minute before and after: clocks of telephones differ, and people take time. */
const WINDOW = 1;
/** What the application shows beside the address. Short, and once only: the fewer squares, the easier a picture is read. */
const ISSUER = 'Porte innovation';

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ ...SHAPE, issuer: ISSUER, issuerInLabel: false, label, secret: Secret.fromBase32(secret) });

/** A new secret of 160 bits, in base 32. */
export const newTimeSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that a telephone reads from the square picture. */
export const addressOfSecret = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The half minute, counted since 1970, whose code this is; null when it is none of those that are good now. */
export const stepOfCode = (secret: string, typed: string, now: Date): number | null => {
  const token = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP) + delta;
};
