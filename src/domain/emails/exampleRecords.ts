import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import type { Language } from '../territory/language.js';
import { inLanguage } from '../territory/language.js';
import type { TerritoryExamples } from '../territory/territoryWords.js';

/**
 * Made-up records, for the preview of our e-mails and for their tests: nobody real, addresses and telephone numbers that
 * belong to nobody (RFC 2606, ARCEP). Each function gives the same record with what is changed.
 */

/** Tuesday 1 December 2026, 10:00 in Paris. */
export const EXAMPLE_NOW = new Date('2026-12-01T09:00:00Z');

/** Where their links lead: nowhere. */
export const EXAMPLE_SITE = 'https://porte.example.org';

export const exampleProject = (
  language: Language,
  { commune, desk, reason }: TerritoryExamples,
  change: Partial<Project> = {},
): Project => ({
  id: 'p1',
  reference: '26-K7QF3',
  submittedAt: EXAMPLE_NOW,
  questionnaireVersion: '1',
  language,
  organisation: null,
  siret: null,
  link: null,
  inTouchWith: [],
  contact: { name: 'Camille Exemple', email: 'camille@example.org', phone: '06 39 98 00 00', when: [] },
  answers: [],
  facts: {
    needs: ['business-creation'],
    stage: 'creation',
    commune,
    holderKind: 'future-founder',
    sector: null,
    headcount: null,
    title: inLanguage(language)({ fr: 'Un atelier de réparation de vélos', en: 'A workshop to mend bicycles' }),
    summary: inLanguage(language)({ fr: 'Réparer et louer.', en: 'Mend and hire out.' }),
  },
  decision: {
    outcome: 'routed',
    main: desk,
    associated: [],
    confidence: 0.9,
    reasons: [reason.fr],
    others: [],
    trace: [],
    tieBreak: null,
    rulesetVersion: '1',
  },
  state: 'waiting',
  channel: null,
  consent: { by: null, at: EXAMPLE_NOW, how: 'form' },
  override: null,
  flags: [],
  messages: [],
  survey: null,
  withdrawnAt: null,
  erasedAt: null,
  demo: false,
  ...change,
});

export const exampleReferral = (
  { desk }: Pick<TerritoryExamples, 'desk'>,
  change: Partial<Referral> = {},
): Referral => ({
  id: 'r1',
  project: 'p1',
  partner: desk,
  role: 'main',
  basket: 'a-prendre',
  about: {
    reference: '26-K7QF3',
    title: 'Un atelier de réparation de vélos',
    need: null,
    stage: null,
    commune: null,
    epci: null,
    channel: null,
    submittedAt: EXAMPLE_NOW,
    words: [],
  },
  assignedBecause: null,
  help: null,
  asked: null,
  attempts: 0,
  appointment: null,
  changedAt: EXAMPLE_NOW,
  sequence: 1,
  state: 'waiting',
  version: 1,
  sentAt: EXAMPLE_NOW,
  callBy: new Date('2026-12-03T17:00:00Z'),
  assignee: 'a1',
  takenBy: null,
  takenAt: null,
  closedAt: null,
  declineReason: null,
  outcome: null,
  notes: [],
  demo: false,
  ...change,
});

export const exampleEvent = (change: Partial<ProjectEvent> = {}): ProjectEvent => ({
  id: 'e1',
  project: 'p1',
  referral: null,
  partner: null,
  type: 'submitted',
  at: EXAMPLE_NOW,
  actor: { role: 'system', account: null },
  before: null,
  after: null,
  reason: null,
  note: null,
  ...change,
});
