import { type Account, may } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';

/** For the header: where this account chooses its e-mails; null when it has no choice. */
export const ownEmailsLink = (account: Account | null): string | null =>
  account && may(account, 'chooseOwnEmails') ? paths.ownEmails() : null;
