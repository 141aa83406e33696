import type { Account } from '../../src/domain/referrals/access.js';
import type { Project, ProjectEvent } from '../../src/domain/referrals/referral.js';
import type { RoutingDecision } from '../../src/domain/routing/decision.js';
import { UNTOUCHED } from './aSubmission.js';

/** Made-up projects and what happened to them, for tests: everything has a value, each test names what it looks at. */
export const aDecision = (traits: Partial<RoutingDecision> = {}): RoutingDecision => ({
  outcome: 'routed',
  main: 'cci-puy-de-dome',
  associated: [],
  confidence: 0.9,
  reasons: ['La CCI accompagne la création d’entreprise dans votre commune.'],
  others: [],
  trace: [],
  tieBreak: null,
  rulesetVersion: 'test',
  ...traits,
});

export interface ProjectTraits extends Partial<Omit<Project, 'facts' | 'decision'>> {
  facts?: Partial<Project['facts']>;
  decision?: Partial<RoutingDecision>;
}

export const aProject = ({ facts, decision, ...traits }: ProjectTraits = {}): Project => ({
  id: 'p1',
  reference: '26-K7QF3',
  submittedAt: new Date('2026-11-02T10:00:00+01:00'),
  state: 'waiting',
  ...UNTOUCHED,
  questionnaireVersion: 'test',
  language: 'fr',
  organisation: null,
  siret: null,
  link: null,
  inTouchWith: [],
  contact: { name: 'Camille M.', email: 'camille@example.org', phone: '06 12 34 56 78', when: [] },
  answers: [],
  ...traits,
  facts: {
    needs: ['business-creation'],
    stage: 'creation',
    commune: '63113',
    holderKind: 'future-founder',
    sector: 'boulangerie',
    headcount: 1,
    title: 'Ouvrir une boulangerie bio',
    summary: 'Je veux ouvrir une boulangerie dans le centre.',
    ...facts,
  },
  decision: aDecision(decision),
});

type Told = [type: ProjectEvent['type'], at: string, traits?: Partial<ProjectEvent>];

/** Events in the order told. The referral is `r1` until another is named; times are written as in Paris, with offset. */
export const story = (project: string, ...told: Told[]): ProjectEvent[] =>
  told.map(([type, at, traits], index) => ({
    id: `${project}-${index}`,
    project,
    referral: type === 'submitted' ? null : 'r1',
    partner: type === 'submitted' ? null : 'cci-puy-de-dome',
    type,
    at: new Date(at),
    actor: { role: type === 'submitted' ? 'holder' : 'system', account: null },
    before: null,
    after: null,
    reason: null,
    note: null,
    ...traits,
  }));

export const anAccount = (traits: Partial<Account> = {}): Account => ({
  id: 'anne',
  name: 'Anne D.',
  email: 'anne@example.org',
  role: 'advisor',
  partner: 'cci-puy-de-dome',
  ...traits,
});
