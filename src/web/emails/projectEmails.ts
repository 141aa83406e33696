import { rowOf } from '../../domain/emails/catalogue.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { ProjectEmail } from '../../services/projectEmails.js';
import { partnerInWords } from '../projectWords.js';
import { emailState, TO_WHOM } from './emailWords.js';

/** Shown at once; the others wait under a line to open. */
const AT_ONCE = 6;

/** What somebody may have to do something about, what will leave, what has left, what did not have to. */
const rankOf = ({ cancelledBecause, gaveUpAt, sentAt, toCall }: Delivery): number => {
  if (sentAt || toCall?.done) return 2;
  if (toCall || gaveUpAt) return 0;
  return cancelledBecause ? 3 : 1;
};

const momentOf = ({ due, gaveUpAt, sentAt, toCall }: Delivery): number =>
  (sentAt ?? toCall?.done ?? toCall?.since ?? gaveUpAt ?? due).getTime();

/** What leaves next comes first; of the past, the latest. */
const inOrder = ({ delivery: a }: ProjectEmail, { delivery: b }: ProjectEmail): number => {
  const rank = rankOf(a);
  if (rank !== rankOf(b)) return rank - rankOf(b);
  return rank === 1 ? momentOf(a) - momentOf(b) : momentOf(b) - momentOf(a);
};

export const labelOf = ({ email }: Pick<Delivery, 'email'>): string => frenchTypography(rowOf(email).label);

/** Of people at a partner, at which one. */
export const toWhom = (
  { audience }: Pick<Delivery, 'audience'>,
  partner: string | null,
  territory: Territory,
): string =>
  partner && (audience === 'advisor' || audience === 'lead')
    ? `${TO_WHOM[audience]}, ${partnerInWords(partner, territory)}`
    : TO_WHOM[audience];

/** The e-mails of a project, for its sheet. */
export const projectEmailsModel = (emails: ProjectEmail[], { territory, now }: { territory: Territory; now: Date }) => {
  const rows = emails.toSorted(inOrder).map(({ delivery, partner, mayAgain }) => ({
    label: labelOf(delivery),
    to: toWhom(delivery, partner, territory),
    state: emailState(delivery, now),
    isAgain: delivery.occasion.includes('~'),
    again: mayAgain ? paths.sendAgain(delivery.id) : null,
  }));
  const rest = rows.slice(AT_ONCE);
  const more = rest.length > 1 ? `Voir les ${rest.length} autres messages` : 'Voir l’autre message';
  return { first: rows.slice(0, AT_ONCE), rest, more };
};
