import { isOpen } from './projectState.js';
import type { Project, ProjectState } from './referral.js';

/**
 * Why it is erased: the holder asked for it, or it was kept as long as it may be. What the calendar erases ends in the lists
 * only: whoever asks takes the project back, but nobody took this one back, and the figures go on counting it as it was left.
 */
export type ErasedBecause = 'asked' | 'kept-long-enough';

/** An erased project that somebody still had to look at ends; any other stays as it ended. */
export const stateOnceErased = (state: ProjectState, because: ErasedBecause = 'asked'): ProjectState => {
  if (!isOpen(state)) return state;
  return because === 'asked' ? 'withdrawn' : 'closed';
};

/** How a manager who erases for somebody made sure who asks (GDPR, article 12, 6): a code of the event, no copy of any paper. */
export const IDENTITY_CHECKS = {
  'own-address': 'La demande vient de l’adresse e-mail du projet',
  'called-back': 'J’ai rappelé au numéro de téléphone du projet',
  'knows-project': 'La personne connaît ce qu’elle seule peut savoir : référence, date d’envoi, réponses',
  'came-in-person': 'La personne est venue et a montré une pièce d’identité, que je n’ai pas copiée',
} as const;
export type IdentityCheck = keyof typeof IDENTITY_CHECKS;

/** Chosen in the closed list, not written by the person: the answer says which. */
const isListedSector = ({ answers }: Pick<Project, 'answers'>): boolean => {
  const value = answers.find(({ field }) => field === 'sector')?.value;
  return typeof value === 'string' && value !== 'other';
};

/**
 * What replaces everything personal of a project: who, how to reach them, all that they wrote, and what the decision quotes
 * of it. Codes stay (needs, stage, commune, outcome, rules), because figures count them.
 */
export const erasedFields = (project: Project, at: Date, because: ErasedBecause = 'asked') => ({
  'facts.title': '',
  'facts.summary': '',
  'facts.sector': isListedSector(project) ? project.facts.sector : null,
  organisation: null,
  siret: null,
  link: null,
  inTouchWith: [],
  contact: { name: '', email: '', phone: null, when: [] },
  answers: [],
  messages: [],
  mailRefused: null,
  ...(project.override && { 'override.words': '' }),
  ...(project.closing && { 'closing.words': '' }),
  'decision.reasons': [],
  'decision.others': project.decision.others.map((other) => ({ ...other, why: '' })),
  'decision.trace': project.decision.trace.map((rule) => ({ ...rule, conditions: [] })),
  'decision.tieBreak': null,
  withdrawnAt: because === 'asked' && isOpen(project.state) ? at : project.withdrawnAt,
  erasedAt: at,
});
