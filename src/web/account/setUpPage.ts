import type { Request } from 'express';
import { create } from 'qrcode';
import type { Account } from '../../domain/referrals/access.js';
import type { Services } from '../../services.js';

declare module 'express-session' {
  interface SessionData {
    /** The secret proposed to a telephone, sealed, until its first code confirms it. */
    proposal: string;
  }
}

/** Squares of white around, which cameras need. */
const MARGIN = 4;

/** The dark squares of a picture for telephones, as the path of an SVG of `size` by `size`. */
const squareOf = (text: string): { size: number; path: string } => {
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const dark: string[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) dark.push(`M${column + MARGIN} ${row + MARGIN}h1v1h-1z`);
  return { size: modules.size + 2 * MARGIN, path: dark.join('') };
};

/** The secret, its picture, and the same in groups of four to be typed: the one proposed before in this session, or a new one. */
export const setUpPage = (req: Request, account: Account, propose: Services['proposeSecondFactor']) => {
  const { sealed, secret, address } = propose(account, req.session.proposal);
  req.session.proposal = sealed;
  return { square: squareOf(address), groups: secret.match(/.{1,4}/g) ?? [], address, sealed };
};
