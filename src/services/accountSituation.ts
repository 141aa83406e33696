import type { AccountSituation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { type DigestParts, digestFor } from './digests/digestFor.js';
import type { Parts } from './parts.js';
import { type ReportNewsParts, reportNews } from './statistics/reportNews.js';

export type AccountSituationParts = DigestParts & ReportNewsParts & Pick<Parts, 'accounts'>;

/** How things stand, now, with the account that an e-mail is about. `account` is null once it is closed. */
export const accountSituation =
  (parts: AccountSituationParts) =>
  async (delivery: Delivery, now: Date): Promise<AccountSituation> => {
    const { id } = delivery.about;
    const account = await parts.accounts.byId(id);
    const state = (await parts.accounts.emailStateOf([id])).get(id);
    return {
      about: 'account',
      account,
      mailRefused: Boolean(state?.mailRefused),
      digest:
        account && state ? await digestFor(parts)(delivery, { account, preferences: state.preferences }, now) : null,
      report: account && (await reportNews(parts)(delivery, account)),
    };
  };
