import type { OpenedLink } from '../../data/links.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { keepPassword } from './changePassword.js';
import { weaknessOf } from './passwords.js';
import { type TellParts, tellAccount } from './tellAccount.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'links'>;

/** Links that let somebody in, each once: by itself, or by a password chosen then. */
export type AccountKey = 'sign-in' | PasswordKey;
export type PasswordKey = 'reset' | 'invitation';

const E_MAILS = { 'sign-in': 'account-sign-in', reset: 'account-reset' } as const;
export type AskedKey = keyof typeof E_MAILS;

/**
 * Owes a link to the account of this address. Says nothing of whether there is one: who asks must not learn it.
 */
export const askAccountLink =
  (parts: TellParts & Pick<Parts, 'accounts'>) =>
  async (which: AskedKey, email: string): Promise<void> => {
    const found = await parts.accounts.byEmail(email);
    if (found) await tellAccount(parts, found.account, E_MAILS[which]);
  };

/** `name`: of whom the link lets in. A link of a closed account opens nothing, like one that never was. */
export type AccountLink = { state: 'open'; name: string } | { state: 'used' | 'expired' | 'unknown' };

const CLOSED: Record<Exclude<OpenedLink['state'], 'open'>, 'used' | 'expired'> = {
  revoked: 'used',
  expired: 'expired',
};

/** Looks at a link and changes nothing: mail scanners open links too. */
export const readAccountLink =
  ({ accounts, clock, links }: Needs) =>
  async (key: AccountKey, token: string): Promise<AccountLink> => {
    const link = await links.open(key, token, clock());
    const person = link && (await accounts.byId(link.subject));
    if (!link || !person) return { state: 'unknown' };
    return link.state === 'open' ? { state: 'open', name: person.name } : { state: CLOSED[link.state] };
  };

/** Takes the link, once, and gives whose it is. Whoever holds it has read the e-mail: the address receives. */
const enter = async ({ accounts, clock, links }: Needs, key: AccountKey, token: string): Promise<Account | null> => {
  const id = await links.use(key, token, clock());
  const person = id === null ? null : await accounts.byId(id);
  if (person) await accounts.markMailRefused(person.id, null);
  return person;
};

/** The account that the link signs in; null when it opens nothing, or no longer. */
export const signInByLink =
  (parts: Needs) =>
  (token: string): Promise<Account | null> =>
    enter(parts, 'sign-in', token);

/**
 * Sets the password of the account that the link is for, and gives that account; null when the link opens nothing, or no
 * longer; why the password will not do, in a sentence, when it is too easy. Every session of the account ends, and its other
 * links open nothing any more.
 */
export const choosePassword =
  (parts: Needs & TellParts & Pick<Parts, 'endSessions' | 'note' | 'territory'>) =>
  async (key: PasswordKey, token: string, password: string): Promise<Account | { weakness: string } | null> => {
    const link = await parts.links.open(key, token, parts.clock());
    const owner = link?.state === 'open' ? await parts.accounts.byId(link.subject) : null;
    if (!owner) return null;
    const weakness = await weaknessOf(password, owner, parts.territory);
    if (weakness) return { weakness };
    const person = await enter(parts, key, token);
    if (person) await keepPassword(parts, person, password, { isFirst: key === 'invitation' });
    return person;
  };
