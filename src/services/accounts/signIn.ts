import { hash, verify } from '@node-rs/argon2';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';

/** Argon2id with the library's defaults: 19 MiB, two passes (OWASP's minimum for Argon2id). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Compared when the address is unknown, so that the time taken tells nothing. */
const nobody = hashPassword('nobody has this password');

/** The account whose address and password these are, or null. Says nothing on which of the two was wrong. */
export const signIn =
  ({ accounts }: Pick<Parts, 'accounts'>) =>
  async ({ email, password }: { email: string; password: string }): Promise<Account | null> => {
    const found = await accounts.byEmail(email);
    const matches = await verify(found?.passwordHash ?? (await nobody), password);
    return found && matches ? found.account : null;
  };
