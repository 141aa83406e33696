import { dayInWords, momentInWords } from '../../domain/calendar/words.js';
import { type Account, may } from '../../domain/referrals/access.js';
import {
  ACTS,
  type AdvisorAct,
  ATTEMPTS_BEFORE_UNREACHABLE,
  actsFrom,
  CLOSE_OUTCOMES,
  type ReferralState,
} from '../../domain/referrals/lifecycle.js';
import { MEETING_KINDS, meetingOf } from '../../domain/referrals/meeting.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import { dueModel } from './dueModel.js';
import { formAddress } from './formAddress.js';
import { givenTo } from './givenTo.js';

/** Who reads a sheet, and when. */
export interface Reading {
  reader: Account;
  now: Date;
  territory: Territory;
}

type Saying = (sheet: ReferralSheet, reading: Reading) => string;

/** Ends with one full stop, also after a name such as "Camille R.". */
const sentence = (words: string): string => (words.endsWith('.') ? words : `${words}.`);

const reach = ({ project }: ReferralSheet): string =>
  sentence(project.contact.phone ? `appelez ${project.contact.name}` : `écrivez à ${project.contact.name}`);

const whoFollows: Saying = ({ advisor, referral }, { reader, now }) => {
  const since = referral.takenAt ? ` depuis ${dayInWords(referral.takenAt, now)}` : '';
  return advisor?.id === reader.id
    ? `Vous suivez ce projet${since}.`
    : `${advisor?.name ?? 'Une personne'} suit ce projet${since}.`;
};

/** One saying for each state: where it stands, then what to do. */
const SAYINGS: Record<ReferralState, Saying> = {
  waiting: (sheet) => `Prenez ce projet en charge, puis ${reach(sheet)}`,
  taken: (sheet, reading) => `${whoFollows(sheet, reading)} Après vos échanges, dites comment le projet a fini.`,
  helped: () => `${CLOSE_OUTCOMES.helped}. Il ne reste rien à faire.`,
  no_solution: () => 'Ce projet est clôturé sans solution. Il ne reste rien à faire.',
  unreachable: () => 'La personne n’a pas pu être jointe. Il ne reste rien à faire.',
  rerouted: () => 'Ce projet est parti chez un autre partenaire. Il ne reste rien à faire.',
  expired: () => 'Personne n’a pris ce projet à temps : il est retourné à l’orientation.',
  informed: () => 'Un autre partenaire suit ce projet et vous y associe. Vous pouvez lui écrire plus bas.',
  withdrawn: () => 'La personne a retiré son projet. Il ne reste rien à faire.',
  declined: () => 'Ce projet est refusé. Une personne choisit un autre partenaire. Il ne reste rien à faire.',
};

/** The acts beside the first one, as the sheet groups them. */
const GROUPS: { label: string; acts: AdvisorAct[] }[] = [
  { label: 'Avec la personne', acts: ['logCall', 'book', 'write', 'askHolder'] },
  { label: 'Avec d’autres', acts: ['transfer', 'bringIn', 'reroute'] },
  { label: 'Arrêter', acts: ['close', 'release', 'decline'] },
  { label: 'Revenir en arrière', acts: ['reopen'] },
];

/** Once taken in hand, the promise holds until its date; after it, nobody says here whether it was kept. */
const isPromiseShown = ({ state, callBy, asked }: Referral, now: Date): boolean =>
  asked === null && (state === 'waiting' || (state === 'taken' && now <= callBy));

const isLatest = ({ referral, involved }: ReferralSheet): boolean =>
  !involved.some(({ role, sequence }) => role === 'main' && sequence > referral.sequence);

const openActs = (sheet: ReferralSheet, { reader }: Reading): AdvisorAct[] => {
  const { referral, project } = sheet;
  if (project.withdrawnAt || !may(reader, 'actOnReferral', referral.partner)) return [];
  return actsFrom(referral.state).filter((act) => act !== 'reopen' || isLatest(sheet));
};

const seemsUnreachable = ({ state, attempts }: Referral): boolean =>
  state === 'taken' && attempts >= ATTEMPTS_BEFORE_UNREACHABLE;

const hasTalked = ({ events, referral }: ReferralSheet): boolean =>
  events.some((event) => event.referral === referral.id && event.type === 'call-logged' && event.reason === 'reached');

/** The one act that comes next, as a link; taking is a button of its own. */
const primaryOf = (sheet: ReferralSheet, open: AdvisorAct[]) => {
  const { referral } = sheet;
  if (referral.state !== 'taken' || open.length === 0) return null;
  if (seemsUnreachable(referral))
    return { act: 'close', label: 'Clôturer', href: `${paths.close(referral.id)}?outcome=unreachable` };
  const act: AdvisorAct = hasTalked(sheet) ? 'close' : 'logCall';
  return { act, label: ACTS[act].label, href: formAddress(act, referral.id) };
};

const suggestionOf = ({ referral }: ReferralSheet): string | null =>
  seemsUnreachable(referral)
    ? `${referral.attempts}\u00a0essais sans réponse. Vous pouvez clôturer ce projet : la personne est injoignable.`
    : null;

const waitOf = ({ asked }: Referral): string | null =>
  asked &&
  `Vous attendez une réponse de la personne depuis ${dayInWords(asked.at)}. Le délai est arrêté, au plus jusqu’au ${dayInWords(asked.until)}.`;

/** The appointment in words, and what goes into a calendar. */
const meetingModel = ({ referral }: ReferralSheet, reading: Reading, open: AdvisorAct[]) => {
  const meeting = meetingOf(referral, reading.now);
  const booked = meeting && referral.appointment;
  return {
    calendar: meeting && {
      href: paths.calendarFile(referral.id),
      label: meeting.isPromise ? 'Mettre cet appel dans votre agenda' : 'Mettre ce rendez-vous dans votre agenda',
    },
    booked: booked && {
      text: `${MEETING_KINDS[booked.kind].fr}, ${momentInWords(booked.at)}, ${booked.minutes}\u00a0minutes`,
      place: booked.place,
      cancel: open.includes('book') ? paths.cancelBooking(referral.id) : null,
    },
  };
};

const groupsOf = ({ referral }: ReferralSheet, open: AdvisorAct[], primary: string | undefined) =>
  GROUPS.map(({ label, acts }) => ({
    label,
    acts: acts
      .filter((act) => open.includes(act) && act !== primary)
      .map((act) => ({
        label: act === 'book' && referral.appointment ? 'Changer le rendez-vous' : ACTS[act].label,
        href: formAddress(act, referral.id),
      })),
  })).filter(({ acts }) => acts.length > 0);

/** The box "what to do next": a sentence, the date promised to the holder while it counts, and the acts that are open. */
export const whatNext = (sheet: ReferralSheet, reading: Reading) => {
  const { referral } = sheet;
  const open = openActs(sheet, reading);
  const primary = primaryOf(sheet, open);
  const toDo = referral.asked ? 'Réponse attendue' : 'À faire maintenant';
  const take = open.includes('take') ? paths.take(referral.id) : null;
  return {
    heading: take || primary ? toDo : 'Où en est ce projet',
    sentence: SAYINGS[referral.state](sheet, reading),
    givenTo: givenTo(sheet, reading),
    wait: waitOf(referral),
    suggestion: open.length > 0 ? suggestionOf(sheet) : null,
    due: isPromiseShown(referral, reading.now) ? dueModel(referral, reading.now) : null,
    version: referral.version,
    take,
    primary,
    groups: groupsOf(sheet, open, primary?.act),
    ...meetingModel(sheet, reading, open),
  };
};
