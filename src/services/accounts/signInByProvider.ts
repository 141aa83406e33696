import type { ProvenIdentity } from '../../delivery/singleSignOn.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';

/** `unverified`: the provider does not vouch for an address. `another`: that account is opened by somebody else there. */
export type ByProvider =
  | { state: 'open'; account: Account }
  | { state: 'unknown' | 'unverified' | 'another'; account: null };

const refused = (state: 'unknown' | 'unverified' | 'another'): ByProvider => ({ state, account: null });

/**
 * The account in use of somebody whom the provider has recognised; none is ever made. The first time it goes by the e-mail address
 * that the provider vouches for, and remembers the provider's own name for the person; from then on that name alone
 * opens the account. Whoever gets the address later, as organisations give them anew, does not get the account with it.
 */
export const signInByProvider =
  ({ accounts, providerIdentities, clock, note }: Pick<Parts, 'accounts' | 'providerIdentities' | 'clock' | 'note'>) =>
  async (identity: Pick<ProvenIdentity, 'issuer' | 'subject' | 'email'>): Promise<ByProvider> => {
    const find = async (): Promise<ByProvider> => {
      const { issuer, subject, email } = identity;
      const known = await providerIdentities.accountOf({ issuer, subject });
      if (known) {
        const account = await accounts.byId(known);
        return account ? { state: 'open', account } : refused('unknown');
      }
      // Other alphabets have signs whose small letter is one of ours: they name nobody here.
      if (!email || /[^\x21-\x7e]/.test(email)) return refused('unverified');
      const found = await accounts.byEmail(email);
      if (!found) return refused('unknown');
      await providerIdentities.remember(found.account.id, { issuer, subject }, clock());
      const isTheirs = (await providerIdentities.accountOf({ issuer, subject })) === found.account.id;
      return isTheirs ? { state: 'open', account: found.account } : refused('another');
    };
    const answer = await find();
    if (answer.state !== 'open')
      await note({ act: 'sign-in-refused', actor: 'unknown', detail: { how: 'organisation', because: answer.state } });
    return answer;
  };
