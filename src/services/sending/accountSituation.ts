import type { AccountSituation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Account } from '../../domain/referrals/access.js';
import { type DigestParts, digestFor } from '../digests/digestFor.js';
import type { Parts } from '../parts.js';
import { type ReportNewsParts, reportNews } from '../statistics/reportNews.js';

export type AccountSituationParts = DigestParts & ReportNewsParts & Pick<Parts, 'accounts'>;

const closedAccount = async ({ accounts }: Pick<Parts, 'accounts'>, id: string): Promise<Account | null> => {
  const account = await accounts.managed(id);
  return account?.active === false ? account : null;
};

/** How things stand, now, with the account that an e-mail is about. `account` is null once it is closed. */
export const accountSituation =
  (parts: AccountSituationParts) =>
  async (delivery: Delivery, now: Date): Promise<AccountSituation> => {
    const { id } = delivery.about;
    const closed = delivery.email === 'account-closed' ? await closedAccount(parts, id) : null;
    const account = closed ?? (await parts.accounts.byId(id));
    const state = (await parts.accounts.emailStateOf([id])).get(id);
    return {
      about: 'account',
      account,
      mailRefused: Boolean(state?.mailRefused),
      isClosed: closed !== null,
      digest:
        account && state ? await digestFor(parts)(delivery, { account, preferences: state.preferences }, now) : null,
      report: account && (await reportNews(parts)(delivery, account)),
    };
  };
