import type { AccountEmailState } from '../../data/accounts.js';
import { DEFAULT_PREFERENCES, type EmailPreferences, withDigestFor } from '../../domain/emails/preferences.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'accounts'>;

const check = (by: Account): void => {
  if (!may(by, 'chooseOwnEmails')) throw new Forbidden();
};

/** How this account is written to, as it chose. */
export const readOwnEmails =
  ({ accounts }: Needs) =>
  async (reader: Account): Promise<AccountEmailState> => {
    check(reader);
    const states = await accounts.emailStateOf([reader.id]);
    return states.get(reader.id) ?? { preferences: DEFAULT_PREFERENCES, mailRefused: null };
  };

/** Chooses for oneself. Throws Forbidden to whom the table of access gives no choice, or whose account was closed. */
export const chooseOwnEmails =
  ({ accounts }: Needs) =>
  async (by: Account, preferences: EmailPreferences): Promise<void> => {
    check(by);
    if (!(await accounts.setEmailPreferences(by.id, withDigestFor(preferences)))) throw new Forbidden();
  };

/** The own address receives again, as its person says; the next refusal marks it anew. */
export const sayAddressWorks =
  ({ accounts }: Needs) =>
  async (by: Account): Promise<void> => {
    check(by);
    await accounts.markMailRefused(by.id, null);
  };
