import { TOTP } from 'otpauth';
import type { Desk } from './startDesk.js';

const HALF_MINUTE = 30_000;

/** A telephone with an application for codes, by the clock of the desk. Takes the secret as it is typed by hand. */
export const telephone = (desk: Pick<Desk, 'clock'>, key: string) => {
  const totp = new TOTP({ secret: key.replace(/\s/g, '') });
  const code = (): string => totp.generate({ timestamp: desk.clock.now.getTime() });
  return {
    /** What it shows now. */
    code,
    /** What it shows half a minute later: another code, whatever was used before. */
    nextCode: (): string => {
      desk.clock.now = new Date(desk.clock.now.getTime() + HALF_MINUTE);
      return code();
    },
  };
};
