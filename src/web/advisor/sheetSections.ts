import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { ACTS, type AdvisorAct, REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import type { Referral } from '../../domain/referrals/referral.js';
import { paths } from '../../paths.js';
import type { KeptForm } from '../../services/noteDrafts.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import { partnerInWords } from '../projectWords.js';
import { formAddress } from './formAddress.js';
import { noteForm } from './notes.js';
import { STATE_TONES } from './sheetNotices.js';
import type { Reading } from './whatNext.js';

const whenInWords = (at: Date, now: Date): string => `${dayInWords(at, now)}, ${timeInWords(at)}`;

const nameOf = (people: Map<string, Account>, id: string | null): string =>
  (id && people.get(id)?.name) || 'Compte supprimé';

/** Notes of the own partner, messages between partners, and their forms where this reader may write. */
export const notesModel = (sheet: ReferralSheet, { reader, now, territory }: Reading, drafts: KeptForm[]) => {
  const { notes, people, referral, project } = sheet;
  const mayWrite = may(reader, 'actOnReferral', referral.partner) && !project.erasedAt;
  const typedIn = (form: string) => drafts.find((draft) => draft.form === form)?.values;
  return {
    isShown: mayWrite || notes.own.length > 0 || notes.shared.length > 0,
    own: notes.own.map(({ author, at, text }) => ({ who: nameOf(people, author), when: whenInWords(at, now), text })),
    shared: notes.shared.map(({ author, partner, at, text }) => ({
      who: `${nameOf(people, author)}, ${partnerInWords(partner, territory)}`,
      when: whenInWords(at, now),
      text,
    })),
    readers: notes.readers.map((id) => partnerInWords(id, territory)).join(', '),
    noteForm: mayWrite ? noteForm('note', referral.id, typedIn('note')) : null,
    messageForm: mayWrite && notes.readers.length > 0 ? noteForm('message', referral.id, typedIn('message')) : null,
  };
};

/** Acts that this reader began to fill in. */
export const draftsModel = (drafts: KeptForm[], { referral }: ReferralSheet, now: Date) =>
  drafts
    .filter((draft): draft is KeptForm & { form: AdvisorAct } => Object.hasOwn(ACTS, draft.form))
    .map(({ form, updatedAt }) => ({
      label: `${ACTS[form].label} : brouillon du ${whenInWords(updatedAt, now)}`,
      href: formAddress(form, referral.id),
    }));

const sinceOf = ({ sentAt, takenAt, closedAt }: Referral): Date => closedAt ?? takenAt ?? sentAt;

/** Who else has, or had, this project, and where they stand. */
export const involvedModel = ({ involved, people }: ReferralSheet, { now, territory }: Reading) =>
  involved.map((other) => {
    const who = other.takenBy ? people.get(other.takenBy)?.name : null;
    return {
      partner: partnerInWords(other.partner, territory),
      tag: { label: REFERRAL_STATES[other.state].label, tone: STATE_TONES[other.state] },
      since: [who, `depuis ${dayInWords(sinceOf(other), now)}`].filter(Boolean).join(', '),
    };
  });

/** Other projects of the same person that this reader may open. */
export const othersModel = ({ others }: ReferralSheet, now: Date) =>
  others.map(({ id, referral, title, reference, submittedAt }) => ({
    href: referral ? paths.referral(referral) : paths.projectSheet(id),
    title,
    about: `${reference}, envoyé ${dayInWords(submittedAt, now)}`,
  }));
