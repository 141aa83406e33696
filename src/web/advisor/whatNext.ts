import { dayInWords } from '../../domain/calendar/words.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { type AdvisorAct, actsFrom, CLOSE_OUTCOMES, type ReferralState } from '../../domain/referrals/lifecycle.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import { dueModel } from './dueModel.js';

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
  expired: () => 'Personne n’a pris ce projet à temps : il est retourné à l’orientation.',
  informed: () => 'Un autre partenaire suit ce projet et vous y associe.',
  withdrawn: () => 'La personne a retiré son projet. Il ne reste rien à faire.',
  declined: () => 'Ce projet est refusé. Une personne choisit un autre partenaire. Il ne reste rien à faire.',
};

const ADDRESSES: Record<AdvisorAct, (id: string) => string> = {
  take: paths.take,
  release: paths.release,
  transfer: paths.transfer,
  logCall: paths.logCall,
  book: paths.book,
  askHolder: paths.askHolder,
  bringIn: paths.bringIn,
  reroute: paths.reroute,
  decline: paths.decline,
  close: paths.close,
  reopen: paths.reopen,
};

/** Once taken in hand, the promise holds until its date; after it, nobody says here whether it was kept. */
const isPromiseShown = ({ state, callBy }: Referral, now: Date): boolean =>
  state === 'waiting' || (state === 'taken' && now <= callBy);

/** The box "what to do next": a sentence, the date promised to the holder while it counts, and the acts that are open. */
export const whatNext = (sheet: ReferralSheet, reading: Reading) => {
  const { referral } = sheet;
  const { reader, now } = reading;
  const open: AdvisorAct[] = may(reader, 'actOnReferral', referral.partner) ? actsFrom(referral.state) : [];
  const addressOf = (act: AdvisorAct): string | null => (open.includes(act) ? ADDRESSES[act](referral.id) : null);
  return {
    heading: open.length > 0 ? 'À faire maintenant' : 'Où en est ce projet',
    sentence: SAYINGS[referral.state](sheet, reading),
    due: isPromiseShown(referral, now) ? dueModel(referral, now) : null,
    version: referral.version,
    take: addressOf('take'),
    close: addressOf('close'),
    decline: addressOf('decline'),
  };
};
