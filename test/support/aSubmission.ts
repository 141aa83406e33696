import type { Submission } from '../../src/domain/questionnaire/submission.js';
import type { Project } from '../../src/domain/referrals/referral.js';

type Changes = Partial<Omit<Submission, 'facts'>> & { facts?: Partial<Submission['facts']> };

/** A cutler of Thiers who wants to modernise the workshop: routed to the Territoire d'industrie TILTAM unless changed. */
export const aSubmission = ({ facts, ...changes }: Changes = {}): Submission => ({
  questionnaireVersion: '1',
  language: 'fr',
  organisation: 'Coutellerie du Pont',
  siret: null,
  link: null,
  inTouchWith: [],
  contact: { name: 'Camille R.', email: 'camille@example.org', phone: '06 39 98 12 34', when: [] },
  answers: [
    { step: 'projet', field: 'title', question: 'Quel est votre projet ?', value: 'Atelier', answer: 'Atelier' },
  ],
  facts: {
    needs: ['industry-of-the-future', 'skills'],
    stage: 'industrialisation',
    commune: '63430',
    holderKind: 'company',
    sector: 'coutellerie, travail des métaux',
    headcount: 38,
    title: 'Passer un atelier de coutellerie à l’industrie 4.0',
    summary: 'Nous voulons robotiser une ligne et former l’équipe.',
    ...facts,
  },
  ...changes,
});

/** What a project holds that nothing has happened to since it was sent. */
export const UNTOUCHED = {
  channel: null,
  consent: { by: null, at: new Date('2026-11-23T09:30:00+01:00'), how: 'form' },
  override: null,
  flags: [],
  messages: [],
  survey: null,
  withdrawnAt: null,
  erasedAt: null,
  demo: false,
} satisfies Partial<Project>;

/** A person who does not know yet what is needed: goes to triage. */
export const anUndecidedSubmission = (): Submission =>
  aSubmission({
    organisation: null,
    facts: { needs: [], stage: 'idea', commune: '63113', sector: null, headcount: 1 },
  });
