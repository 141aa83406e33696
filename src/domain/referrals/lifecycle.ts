import type { Words } from '../territory/language.js';

/**
 * The life of a referral, act by act: from which states it may be done, and to which state it leads.
 * A change of state that is not in ACTS does not exist: every service asks this table first.
 * `waiting` means at the partner, not yet taken in hand; `taken`: an advisor has committed to call the holder.
 * The others are ends. `withdrawn` is the holder's own act. A declined referral sends its project back to triage, where a person chooses another partner.
 */
export const REFERRAL_STATES = {
  waiting: { label: 'À prendre', open: true },
  taken: { label: 'En cours', open: true },
  helped: { label: 'Aidé', open: false },
  no_solution: { label: 'Sans solution', open: false },
  unreachable: { label: 'Injoignable', open: false },
  declined: { label: 'Refusé', open: false },
  withdrawn: { label: 'Retiré', open: false },
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

export const ACTS = {
  take: { label: 'Prendre en charge', by: 'advisor', from: ['waiting'], to: ['taken'], event: 'taken' },
  decline: { label: 'Refuser', by: 'advisor', from: ['waiting', 'taken'], to: ['declined'], event: 'declined' },
  /** On the follow-up page. */
  withdraw: { label: 'Retirer', by: 'holder', from: ['waiting', 'taken'], to: ['withdrawn'], event: 'withdrawn' },
  close: {
    label: 'Clôturer',
    by: 'advisor',
    from: ['taken'],
    to: ['helped', 'no_solution', 'unreachable'],
    event: 'closed',
  },
} as const satisfies Record<
  string,
  { label: string; by: 'advisor' | 'holder'; from: ReferralState[]; to: ReferralState[]; event: string }
>;
export type Act = keyof typeof ACTS;

/** May this act be done from this state? */
export const canAct = (act: Act, state: ReferralState): boolean =>
  (ACTS[act].from as readonly ReferralState[]).includes(state);

/** Does this act lead to this state? */
export const leadsTo = (act: Act, state: ReferralState | undefined): boolean =>
  (ACTS[act].to as readonly (ReferralState | undefined)[]).includes(state);

/** An act of the partner's own people; the others are the holder's. */
export type AdvisorAct = { [Name in Act]: (typeof ACTS)[Name]['by'] extends 'advisor' ? Name : never }[Act];

const isAdvisorAct = (act: Act): act is AdvisorAct => ACTS[act].by === 'advisor';

/** What an advisor may do from this state, in the order of the table. */
export const actsFrom = (state: ReferralState): AdvisorAct[] =>
  (Object.keys(ACTS) as Act[]).filter(isAdvisorAct).filter((act) => canAct(act, state));

/** The baskets of a queue, in the order of the tabs. */
export const BASKETS = {
  'a-prendre': { label: 'À prendre', states: ['waiting'], order: 'soonest due' },
  'en-cours': { label: 'En cours', states: ['taken'], order: 'soonest due' },
  clotures: { label: 'Clôturés', states: ['helped', 'no_solution', 'unreachable', 'withdrawn'], order: 'latest ended' },
  refuses: { label: 'Refusés', states: ['declined'], order: 'latest ended' },
} as const satisfies Record<string, { label: string; states: ReferralState[]; order: 'soonest due' | 'latest ended' }>;
export type Basket = keyof typeof BASKETS;
