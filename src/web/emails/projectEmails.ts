import { rowOf } from '../../domain/emails/catalogue.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { ProjectEmail } from '../../services/projectEmails.js';
import { partnerInWords } from '../projectWords.js';
import { emailState, TO_WHOM } from './emailWords.js';

/** On a sheet: where the state of what was sent again is read. */
export const TO_EMAILS = { href: '#courriels', label: 'Voir les e-mails de ce projet' };

/** Shown at once; the others wait under a line to open. */
const AT_ONCE = 6;

/** What somebody may have to do something about, what will leave, what has left, what did not have to. */
const rankOf = ({ delivery, unwanted }: ProjectEmail): number => {
  const { cancelledBecause, gaveUpAt, sentAt, toCall } = delivery;
  if (sentAt || toCall?.done) return 2;
  if (toCall || gaveUpAt) return 0;
  return cancelledBecause || unwanted ? 3 : 1;
};

const momentOf = ({ due, gaveUpAt, sentAt, toCall }: Delivery): number =>
  (sentAt ?? toCall?.done ?? toCall?.since ?? gaveUpAt ?? due).getTime();

/** What leaves next comes first; of the past, the latest. */
const inOrder = (a: ProjectEmail, b: ProjectEmail): number => {
  const rank = rankOf(a);
  if (rank !== rankOf(b)) return rank - rankOf(b);
  const later = momentOf(a.delivery) - momentOf(b.delivery);
  return rank === 1 ? later : -later;
};

/** What an e-mail is, in the words of the catalogue. */
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
  const rows = emails.toSorted(inOrder).map(({ delivery, partner, mayAgain, unwanted }) => ({
    label: labelOf(delivery),
    to: toWhom(delivery, partner, territory),
    state: emailState(delivery, now, unwanted),
    isAgain: delivery.occasion.includes('~'),
    again: mayAgain ? paths.sendAgain(delivery.id) : null,
  }));
  const rest = rows.slice(AT_ONCE);
  const more = rest.length > 1 ? `Voir les ${rest.length} autres messages` : 'Voir l’autre message';
  const isExpected = emails.some((email) => rankOf(email) === 1);
  return { first: rows.slice(0, AT_ONCE), rest, more, isExpected };
};
