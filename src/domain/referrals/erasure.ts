import { isOpen } from './projectState.js';
import type { Project, ProjectState } from './referral.js';

/** An erased project that somebody still had to look at ends as withdrawn; any other stays as it ended. */
export const stateOnceErased = (state: ProjectState): ProjectState => (isOpen(state) ? 'withdrawn' : state);

/** Chosen in the closed list, not written by the person: the answer says which. */
const isListedSector = ({ answers }: Pick<Project, 'answers'>): boolean => {
  const value = answers.find(({ field }) => field === 'sector')?.value;
  return typeof value === 'string' && value !== 'other';
};

/**
 * What replaces everything personal of a project: who, how to reach them, all that they wrote, and what the decision quotes
 * of it. Codes stay (needs, stage, commune, outcome, rules), because figures count them.
 */
export const erasedFields = (project: Project, at: Date) => ({
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
  withdrawnAt: isOpen(project.state) ? at : project.withdrawnAt,
  erasedAt: at,
});
