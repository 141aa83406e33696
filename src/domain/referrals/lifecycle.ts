import type { Words } from '../territory/language.js';
import type { EventType, Referral } from './referral.js';

/**
 * The life of a referral, act by act: from which states it may be done, and to which state it leads.
 * A change of state that is not in ACTS does not exist: every service asks this table first.
 * `waiting` means at the partner, not yet taken in hand; `taken`: an advisor has committed to call the holder.
 * The others are ends, but `informed`. `withdrawn` is the holder's own act. A declined referral sends its project back to
 * triage, where a person chooses another partner.
 */
export const REFERRAL_STATES = {
  waiting: { label: 'À prendre', open: true },
  taken: { label: 'En cours', open: true },
  helped: { label: 'Aidé', open: false },
  no_solution: { label: 'Sans solution', open: false },
  unreachable: { label: 'Injoignable', open: false },
  declined: { label: 'Refusé', open: false },
  rerouted: { label: 'Réorienté', open: false },
  expired: { label: 'Expiré', open: false },
  withdrawn: { label: 'Retiré', open: false },
  /** Of a partner brought in beside the main one: told, nothing more is asked. */
  informed: { label: 'Associé', open: false },
} as const satisfies Record<string, { label: string; open: boolean }>;
export type ReferralState = keyof typeof REFERRAL_STATES;

/** Business days within which somebody calls the holder: the receipt's promise, and what figures hold partners to. */
export const PROMISED_DAYS = 2;

export const CLOSE_OUTCOMES = {
  helped: 'Le projet a été aidé',
  no_solution: 'Nous n’avons pas de solution',
  unreachable: 'La personne n’a pas pu être jointe',
} as const satisfies Partial<Record<ReferralState, string>>;
export type CloseOutcome = keyof typeof CLOSE_OUTCOMES;

export const DECLINE_REASONS = {
  'other-need': 'Le besoin relève d’un autre organisme',
  'other-place': 'La commune relève d’un autre organisme',
  'other-stage': 'Le projet est trop tôt ou trop tard pour nous',
  duplicate: 'Ce projet nous est déjà confié',
  other: 'Autre raison',
} as const;
export type DeclineReason = keyof typeof DECLINE_REASONS;

/** Why a holder takes the project back. */
export const WITHDRAW_REASONS = {
  solved: { fr: 'J’ai trouvé une solution', en: 'I have found a solution' },
  stopped: { fr: 'J’arrête ce projet', en: 'I am stopping this project' },
  changed: { fr: 'Mon projet a changé, j’en enverrai un autre', en: 'My project has changed, I will send another one' },
  other: { fr: 'Autre raison', en: 'Another reason' },
} as const satisfies Record<string, Words>;
export type WithdrawReason = keyof typeof WITHDRAW_REASONS;

/** Why a person sends a project somewhere: codes kept on the event. */
export const SEND_REASONS = {
  'after-call': 'Après un échange avec la personne',
  'from-text': 'À la lecture du projet',
  'after-decline': 'Après le refus d’un partenaire',
  'rules-wrong': 'Les règles se sont trompées',
} as const;
export type SendReason = keyof typeof SEND_REASONS;

/** Why a manager ends a project without a partner. */
export const TRIAGE_CLOSE_REASONS = {
  'no-partner': 'Aucun partenaire du territoire ne répond à ce besoin',
  elsewhere: 'Un organisme d’un autre territoire peut aider',
  'not-a-project': 'Ce n’est pas un projet',
  unreachable: 'La personne n’a pas pu être jointe',
} as const;
export type TriageCloseReason = keyof typeof TRIAGE_CLOSE_REASONS;

/** Why who enters a project for somebody keeps it at the own partner although the rules say another one. */
export const KEEP_REASONS = {
  'known-here': 'Nous suivons déjà cette personne',
  'from-talk': 'D’après l’échange avec la personne',
  'rules-wrong': 'Les règles se trompent',
  other: 'Autre raison',
} as const;
export type KeepReason = keyof typeof KEEP_REASONS;

/** Calendar days after which a referral that nobody took goes back to triage. */
export const EXPIRES_AFTER_DAYS = 45;

/** Business days that the clock of a referral stands still for a holder who does not answer. */
export const WAIT_DAYS = 10;

/** Calls without an answer after which the desk suggests to close as unreachable. */
export const ATTEMPTS_BEFORE_UNREACHABLE = 3;

/** What kind of help there was: counted, and said to the holder. */
export const HELP_KINDS = {
  advice: 'Un conseil, un accompagnement',
  funding: 'Une aide ou un financement trouvé',
  premises: 'Un local ou un terrain trouvé',
  contact: 'Un contact utile',
  training: 'Une formation, un recrutement',
  other: 'Autre chose',
} as const;
export type HelpKind = keyof typeof HELP_KINDS;

/** Why a partner sends a project to another. */
export const REROUTE_REASONS = {
  'other-need': 'Le besoin relève d’un autre organisme',
  'other-place': 'La commune relève d’un autre organisme',
  'after-call': 'Après un échange avec la personne',
  other: 'Autre raison',
} as const;
export type RerouteReason = keyof typeof REROUTE_REASONS;

/** Why a closed referral opens again. */
export const REOPEN_REASONS = {
  mistake: 'Clôturé par erreur',
  'holder-came-back': 'La personne est revenue',
  'new-fact': 'Il y a du nouveau',
} as const;
export type ReopenReason = keyof typeof REOPEN_REASONS;

/** What a call gave. */
export const CALL_RESULTS = {
  reached: 'La personne a répondu',
  message: 'J’ai laissé un message',
  'no-answer': 'Pas de réponse',
} as const;
export type CallResult = keyof typeof CALL_RESULTS;

interface ActRow {
  label: string;
  /** Who does it: the partner's people, the holder on the follow-up page, or time itself. */
  by: 'advisor' | 'holder' | 'system';
  from: ReferralState[];
  /** `same`: the state stays. */
  to: ReferralState[] | 'same';
  event: EventType;
}

export const ACTS = {
  take: { label: 'Prendre en charge', by: 'advisor', from: ['waiting'], to: ['taken'], event: 'taken' },
  release: { label: 'Remettre à prendre', by: 'advisor', from: ['taken'], to: ['waiting'], event: 'released' },
  transfer: {
    label: 'Confier à une autre personne',
    by: 'advisor',
    from: ['waiting', 'taken'],
    to: 'same',
    event: 'transferred',
  },
  logCall: { label: 'Noter un appel', by: 'advisor', from: ['taken'], to: 'same', event: 'call-logged' },
  book: { label: 'Fixer un rendez-vous', by: 'advisor', from: ['taken'], to: 'same', event: 'booked' },
  /** A message that awaits no answer: the due date stays. */
  write: { label: 'Écrire à la personne', by: 'advisor', from: ['waiting', 'taken'], to: 'same', event: 'written' },
  askHolder: {
    label: 'Demander une précision',
    by: 'advisor',
    from: ['waiting', 'taken'],
    to: 'same',
    event: 'detail-asked',
  },
  bringIn: {
    label: 'Associer un partenaire',
    by: 'advisor',
    from: ['waiting', 'taken'],
    to: 'same',
    event: 'brought-in',
  },
  reroute: { label: 'Réorienter', by: 'advisor', from: ['waiting', 'taken'], to: ['rerouted'], event: 'rerouted' },
  decline: { label: 'Refuser', by: 'advisor', from: ['waiting', 'taken'], to: ['declined'], event: 'declined' },
  close: {
    label: 'Clôturer',
    by: 'advisor',
    from: ['taken'],
    to: ['helped', 'no_solution', 'unreachable'],
    event: 'closed',
  },
  reopen: {
    label: 'Rouvrir',
    by: 'advisor',
    from: ['helped', 'no_solution', 'unreachable'],
    to: ['taken'],
    event: 'reopened',
  },
  /** On the follow-up page. */
  withdraw: { label: 'Retirer', by: 'holder', from: ['waiting', 'taken'], to: ['withdrawn'], event: 'withdrawn' },
  /** The holder answers what was asked: the clock goes on. */
  answer: { label: 'Répondre', by: 'holder', from: ['waiting', 'taken'], to: 'same', event: 'detail-given' },
  /** Nobody answered within WAIT_DAYS: the clock goes on without the answer. */
  endWait: {
    label: 'Ne plus attendre la précision',
    by: 'system',
    from: ['waiting', 'taken'],
    to: 'same',
    event: 'wait-ended',
  },
  expire: { label: 'Expirer', by: 'system', from: ['waiting'], to: ['expired'], event: 'expired' },
} as const satisfies Record<string, ActRow>;
export type Act = keyof typeof ACTS;

/** May this act be done from this state? */
export const canAct = (act: Act, state: ReferralState): boolean =>
  (ACTS[act].from as readonly ReferralState[]).includes(state);

/** Does this act lead from this state to that one? */
export const leadsTo = (act: Act, from: ReferralState, to: ReferralState): boolean => {
  const ends: ActRow['to'] = ACTS[act].to as ActRow['to'];
  return ends === 'same' ? from === to : ends.includes(to);
};

/** An act of the partner's own people; the others are the holder's, or time's. */
export type AdvisorAct = { [Name in Act]: (typeof ACTS)[Name]['by'] extends 'advisor' ? Name : never }[Act];

const isAdvisorAct = (act: Act): act is AdvisorAct => ACTS[act].by === 'advisor';

/** What an advisor may do from this state, in the order of the table. */
export const actsFrom = (state: ReferralState): AdvisorAct[] =>
  (Object.keys(ACTS) as Act[]).filter(isAdvisorAct).filter((act) => canAct(act, state));

/**
 * The baskets of a queue, in the order of the tabs. A referral is in one at a time (`basketOf`); the basket is kept with it,
 * so that a page of a queue is one read of an index.
 */
export const BASKETS = {
  'a-prendre': { label: 'À prendre', order: 'soonest due' },
  'en-cours': { label: 'En cours', order: 'soonest due' },
  'en-attente': { label: 'Attend la personne', order: 'soonest due' },
  associes: { label: 'Associés', order: 'latest sent' },
  clotures: { label: 'Clôturés', order: 'latest ended' },
  refuses: { label: 'Refusés ou réorientés', order: 'latest ended' },
  expires: { label: 'Expirés', order: 'latest ended' },
} as const satisfies Record<string, { label: string; order: 'soonest due' | 'latest ended' | 'latest sent' }>;
export type Basket = keyof typeof BASKETS;

const BASKET_OF: Record<ReferralState, Basket> = {
  waiting: 'a-prendre',
  taken: 'en-cours',
  helped: 'clotures',
  no_solution: 'clotures',
  unreachable: 'clotures',
  withdrawn: 'clotures',
  declined: 'refuses',
  rerouted: 'refuses',
  expired: 'expires',
  informed: 'associes',
};

/** Where a referral is shown: open ones for which the holder owes an answer are apart. */
export const basketOf = ({ state, asked }: Pick<Referral, 'state' | 'asked'>): Basket =>
  asked !== null && REFERRAL_STATES[state].open ? 'en-attente' : BASKET_OF[state];
