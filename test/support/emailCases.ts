import { type EmailId, languagesOf } from '../../src/domain/emails/catalogue.js';
import type { DraftEmailFacts, EmailFacts, ProjectEmailFacts } from '../../src/domain/emails/emailFacts.js';
import type { Appointment, Project, ProjectEvent, Referral } from '../../src/domain/referrals/referral.js';
import { UNTOUCHED } from './aSubmission.js';

/** Tuesday 1 December 2026, 10:00 in Paris. */
export const TUESDAY = new Date('2026-12-01T09:00:00Z');

export const aProject = (change: Partial<Project> = {}): Project => ({
  id: 'p1',
  reference: '26-K7QF3',
  submittedAt: TUESDAY,
  questionnaireVersion: '1',
  language: 'fr',
  organisation: null,
  siret: null,
  link: null,
  inTouchWith: [],
  contact: { name: 'Porteuse Exemple', email: 'holder@example.org', phone: '06 00 00 00 00', when: [] },
  answers: [],
  facts: {
    needs: ['business-creation'],
    stage: 'creation',
    commune: '63113',
    holderKind: 'future-founder',
    sector: null,
    headcount: null,
    title: 'Un atelier de <réparation> de vélos',
    summary: 'Réparer et louer.',
  },
  decision: {
    outcome: 'routed',
    main: 'cci-puy-de-dome',
    associated: [],
    confidence: 0.9,
    reasons: ["La CCI accompagne la création d'entreprise à Clermont-Ferrand."],
    others: [],
    trace: [],
    tieBreak: null,
    rulesetVersion: '1',
  },
  state: 'waiting',
  ...UNTOUCHED,
  ...change,
});

export const decided = (
  outcome: Project['decision']['outcome'],
  change: Partial<Project['decision']> = {},
): Project => {
  const project = aProject();
  return { ...project, decision: { ...project.decision, outcome, main: null, ...change } };
};

export const aReferral = (change: Partial<Referral> = {}): Referral => ({
  id: 'r1',
  project: 'p1',
  partner: 'cci-puy-de-dome',
  role: 'main',
  basket: 'a-prendre',
  about: {
    reference: '26-K7QF3',
    title: 'Un atelier',
    need: null,
    stage: null,
    commune: null,
    epci: null,
    channel: null,
    submittedAt: TUESDAY,
    words: [],
  },
  assignedBecause: null,
  help: null,
  asked: null,
  attempts: 0,
  appointment: null,
  changedAt: TUESDAY,
  sequence: 1,
  state: 'waiting',
  version: 1,
  sentAt: TUESDAY,
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

export const anEvent = (change: Partial<ProjectEvent> = {}): ProjectEvent => ({
  id: 'e1',
  project: 'p1',
  referral: null,
  partner: null,
  type: 'submitted',
  at: TUESDAY,
  actor: { role: 'system', account: null },
  before: null,
  after: null,
  reason: null,
  note: null,
  ...change,
});

const facts = (change: Partial<ProjectEmailFacts> = {}): ProjectEmailFacts => ({
  about: 'project',
  project: aProject(),
  referral: aReferral(),
  partner: 'CCI Puy-de-Dôme Clermont Auvergne Métropole',
  event: null,
  person: 'Conseillère Exemple',
  from: '',
  actor: '',
  story: [],
  partnerWords: { receipt: '', hours: '' },
  commune: 'Clermont-Ferrand',
  helpers: [],
  reasons: change.project?.decision.reasons ?? aProject().decision.reasons,
  words: '',
  language: 'fr',
  also: [],
  actLinks: {
    helped: 'https://desk.example.org/dossiers/r1/cloturer?outcome=helped',
    no_solution: 'https://desk.example.org/dossiers/r1/cloturer?outcome=no_solution',
    unreachable: 'https://desk.example.org/dossiers/r1/cloturer?outcome=unreachable',
  },
  link: 'https://desk.example.org/suivi/s3cret',
  now: TUESDAY,
  ...change,
});

const draft: DraftEmailFacts = {
  about: 'draft',
  draft: { id: 'd1', language: 'fr', name: '', email: 'holder@example.org' },
  language: 'fr',
  link: 'https://desk.example.org/reprendre/s3cret',
  now: TUESDAY,
};

const wrote = anEvent({ type: 'message-added', note: 'm1' });
const answered: Partial<ProjectEmailFacts> = {
  event: wrote,
  story: [wrote, anEvent({ id: 'e1:answer', type: 'detail-given', note: 'm1' })],
};

const CLOSING = {
  id: 'c1',
  at: TUESDAY,
  reason: 'elsewhere',
  words: 'Appelez la CCI de la Loire,\n<elle> connaît votre projet.',
  by: 'm1',
} as const;

const taken = aReferral({ state: 'taken', takenBy: 'a1' });

const unknown = (project: Project): Project => ({ ...project, facts: { ...project.facts, needs: [], commune: null } });

const closed = (outcome: 'helped' | 'no_solution' | 'unreachable'): ProjectEmailFacts =>
  facts({ referral: aReferral({ state: outcome, outcome }) });

/** Tuesday 8 December 2026, 14:30 in Paris. */
const MEETING = { at: new Date('2026-12-08T13:30:00Z'), minutes: 30, sequence: 3 };
const meets = (change: Partial<Appointment>): Referral =>
  aReferral({ ...taken, appointment: { ...MEETING, kind: 'call', place: '', ...change } });

const byCamille = { role: 'advisor', account: 'a1' } as const;
const booked = anEvent({ id: 'e2', type: 'booked', referral: 'r1', reason: 'call', actor: byCamille });
const lost = anEvent({ type: 'booked', reason: 'cancelled', actor: byCamille, lost: { ...MEETING, kind: 'visit' } });
const moved = [anEvent({ type: 'booked', referral: 'r1', reason: 'visit' }), booked];
const OTHER = "CCI de l'Allier";

/** What follows the acts of the desk. */
const ACT_CASES: [string, EmailId, EmailFacts][] = [
  [
    'rerouted',
    'holder-rerouted',
    facts({
      referral: aReferral({ sequence: 2 }),
      event: anEvent({ type: 'referred', reason: 'other-place', actor: byCamille }),
      from: OTHER,
    }),
  ],
  [
    'rerouted for another reason',
    'holder-rerouted',
    facts({
      referral: aReferral({ sequence: 2 }),
      event: anEvent({ type: 'referred', reason: 'other', actor: byCamille }),
      from: OTHER,
    }),
  ],
  ['transferred while in hand', 'holder-transferred', facts({ referral: taken, person: 'Sacha B.' })],
  [
    'a partner brought in',
    'holder-associated',
    facts({ referral: aReferral({ role: 'associated', state: 'informed' }), from: OTHER }),
  ],
  [
    'a question',
    'holder-detail-asked',
    facts({
      referral: aReferral({ asked: { at: TUESDAY, until: new Date('2026-12-15T17:00:00Z'), note: 'n1' } }),
      words: 'Avez-vous déjà un local ?\nSi oui, <où> ?',
    }),
  ],
  [
    'not reached',
    'holder-not-reached',
    facts({ referral: aReferral({ ...taken, attempts: 1 }), person: 'Camille A.' }),
  ],
  [
    'not reached again',
    'holder-not-reached',
    facts({ referral: aReferral({ ...taken, attempts: 2 }), person: 'Camille A.' }),
  ],
  ['an appointment to call', 'holder-appointment', facts({ referral: meets({}), event: booked })],
  [
    'an appointment moved, at an address',
    'holder-appointment',
    facts({ referral: meets({ kind: 'visit', place: '148 boulevard Lavoisier' }), event: booked, story: moved }),
  ],
  [
    'an appointment on screen',
    'holder-appointment',
    facts({ referral: meets({ kind: 'video', place: 'https://video.example.org/r1' }), event: booked }),
  ],
  ['an appointment cancelled', 'holder-appointment-cancelled', facts({ referral: taken, event: lost })],
  [
    'an appointment cancelled with the end',
    'holder-appointment-cancelled',
    facts({ referral: taken, event: { ...lost, type: 'closed', reason: 'helped' } }),
  ],
  [
    'reopened',
    'holder-reopened',
    facts({ referral: taken, person: 'Camille A.', event: anEvent({ type: 'reopened', reason: 'mistake' }) }),
  ],
  [
    'closed, helped with premises',
    'holder-closed',
    facts({ referral: aReferral({ state: 'helped', outcome: 'helped', help: 'premises' }) }),
  ],
  [
    'receipt with words of the partner',
    'holder-receipt',
    facts({
      partnerWords: { receipt: 'Notre accueil est au rez-de-chaussée.', hours: 'du lundi au vendredi, 9 h à 17 h' },
    }),
  ],
  [
    'closed in triage',
    'holder-closed-in-triage',
    facts({
      project: { ...decided('triage'), closing: CLOSING },
      referral: null,
      partner: null,
    }),
  ],
  ['an answer', 'advisor-message', facts(answered)],
  ['transferred to you', 'advisor-transferred', facts({ actor: 'Sacha B.', event: anEvent({ type: 'transferred' }) })],
  ['transferred to you, in hand', 'advisor-transferred', facts({ actor: 'Sacha B.', referral: taken })],
  [
    'transferred during an absence',
    'advisor-transferred',
    facts({ event: anEvent({ type: 'transferred', reason: 'absence' }) }),
  ],
  ['brought in', 'advisor-associated', facts({ referral: aReferral({ state: 'informed' }), from: OTHER })],
  ['a shared message', 'advisor-shared', facts({ from: OTHER })],
  [
    'an appointment, for the advisor',
    'advisor-appointment',
    facts({ referral: meets({ kind: 'visit', place: '148 boulevard Lavoisier' }), event: booked }),
  ],
  [
    'an appointment moved, for the advisor',
    'advisor-appointment',
    facts({ referral: meets({}), event: booked, story: moved }),
  ],
  [
    'an appointment cancelled, for the advisor',
    'advisor-appointment-cancelled',
    facts({ referral: taken, event: lost }),
  ],
  ['nobody is available', 'lead-nobody-available', facts({ referral: aReferral({ assignee: null }) })],
  [
    'expired',
    'manager-expired',
    facts({ referral: aReferral({ state: 'expired' }), now: new Date('2027-01-15T09:00:00Z') }),
  ],
];

/** Every e-mail in each of its wordings, in French: [name, e-mail, facts]. */
export const EMAIL_CASES: [string, EmailId, EmailFacts][] = [
  ['receipt', 'holder-receipt', facts()],
  ['receipt, declined before it left', 'holder-receipt', facts({ referral: aReferral({ state: 'declined' }) })],
  [
    'receipt, declined and sent on before it left',
    'holder-receipt',
    facts({ referral: aReferral({ sequence: 2, partner: 'cci-allier' }), partner: "CCI de l'Allier" }),
  ],
  [
    'receipt without telephone, promise passed',
    'holder-receipt',
    facts({
      project: aProject({ contact: { name: 'Porteur Exemple', email: 'holder@example.org', phone: null, when: [] } }),
      now: new Date('2026-12-04T09:00:00Z'),
    }),
  ],
  [
    'receipt, triage',
    'holder-receipt-triage',
    facts({
      project: decided('triage', { reasons: ['Le besoin n’est pas encore précisé.'] }),
      referral: null,
      partner: null,
    }),
  ],
  [
    'receipt, out of territory',
    'holder-receipt-out-of-territory',
    facts({
      project: decided('out_of_territory'),
      referral: null,
      partner: null,
      helpers: [
        { name: "CCI de l'Allier", kind: 'cci' },
        { name: 'Bpifrance', kind: 'other' },
      ],
    }),
  ],
  [
    'receipt, out of territory, no CCI known',
    'holder-receipt-out-of-territory',
    facts({
      project: decided('out_of_territory'),
      referral: null,
      partner: null,
      helpers: [{ name: 'Bpifrance', kind: 'other' }],
    }),
  ],
  [
    'receipt, out of territory, nobody known',
    'holder-receipt-out-of-territory',
    facts({ project: decided('out_of_territory'), referral: null, partner: null }),
  ],
  [
    'receipt, rejected',
    'holder-receipt-rejected',
    facts({
      project: decided('rejected', {
        reasons: [
          'Votre message ressemble à une recherche d’emploi. France Travail vous aidera mieux que nous. Si nous nous trompons, dites-le-nous : une personne le relira.',
        ],
      }),
      referral: null,
      partner: null,
    }),
  ],
  [
    'receipt, rejected without a reason',
    'holder-receipt-rejected',
    facts({ project: decided('rejected', { reasons: [] }), referral: null, partner: null }),
  ],
  ['sent on to a first partner', 'holder-sent-on', facts({ project: decided('triage') })],
  ['sent on after a decline', 'holder-sent-on', facts({ referral: aReferral({ sequence: 2 }) })],
  ['taken', 'holder-taken', facts({ referral: taken, person: 'Camille A.' })],
  [
    'closed, helped',
    'holder-closed',
    { ...closed('helped'), words: 'Le prêt est accordé.\nVotre contact : <la banque>.' },
  ],
  ['closed, no solution', 'holder-closed', closed('no_solution')],
  ['closed, unreachable', 'holder-closed', closed('unreachable')],
  ['new project', 'advisor-new-project', facts()],
  ['reminder', 'advisor-reminder', facts()],
  ['reminder, late', 'advisor-reminder', facts({ now: new Date('2026-12-04T09:00:00Z') })],
  ['to triage', 'manager-triage', facts({ project: decided('triage'), referral: null, partner: null })],
  [
    'to triage, nothing known',
    'manager-triage',
    facts({ project: unknown(decided('triage')), referral: null, partner: null, commune: null }),
  ],
  [
    'declined',
    'manager-triage',
    facts({
      referral: aReferral({ state: 'declined', declineReason: 'other-place' }),
      partner: "CCI de l'Allier",
      words: 'Saint-Yorre est chez nous, Clermont-Ferrand non.',
    }),
  ],
  ['link to resume', 'holder-resume', draft],
  ['nudge', 'holder-nudge', draft],
  ['link again', 'holder-link-again', facts()],
  ['erased', 'holder-erased', facts()],
  ['a message', 'advisor-message', facts({ event: anEvent({ type: 'message-added' }) })],
  ['contact data corrected', 'advisor-message', facts({ event: anEvent({ type: 'contact-corrected' }) })],
  ['nobody called, waiting', 'advisor-nobody-called', facts()],
  [
    'nobody wrote, taken',
    'advisor-nobody-called',
    facts({
      referral: taken,
      project: aProject({ contact: { name: 'Porteur Exemple', email: 'holder@example.org', phone: null, when: [] } }),
    }),
  ],
  ['nobody called, to the managers', 'manager-nobody-called', facts()],
  ['withdrawn', 'advisor-withdrawn', facts({ event: anEvent({ type: 'withdrawn', reason: 'solved' }) })],
  [
    'withdrawn by erasing',
    'advisor-withdrawn',
    facts({
      project: aProject({ erasedAt: TUESDAY, withdrawnAt: TUESDAY, facts: { ...aProject().facts, title: '' } }),
      event: anEvent({ type: 'erased' }),
    }),
  ],
  ['withdrawn without a reason', 'advisor-withdrawn', facts()],
  ...ACT_CASES,
];

const REASONS: Record<string, string[]> = {
  'receipt, triage': ['No partner stands out clearly enough: a person reads your project and chooses.'],
  'receipt, rejected': ['This service is for business and innovation projects.'],
  'receipt, rejected without a reason': [],
};
/** What staff write is in the language that they chose. */
const WORDS: Record<string, string> = { 'a question': 'Do you have premises yet?\nIf so, <where>?' };
const PARTNER_WORDS = { receipt: 'Our front desk is on the ground floor.', hours: 'Monday to Friday, 9 am to 5 pm' };
const WHY_CCI = 'Your main need is “starting a business”: the CCI helps with this.';

const inEnglish = (name: string, each: EmailFacts): EmailFacts => {
  if (each.about !== 'project') return { ...each, language: 'en' };
  const project = { ...each.project, facts: { ...each.project.facts, title: 'A <bicycle> workshop' } };
  const helpers = each.helpers.filter(({ kind }) => kind === 'other');
  const words = WORDS[name] ?? (each.words && 'The loan is granted.\nYour contact: <the bank>.');
  const reasons = REASONS[name] ?? [WHY_CCI];
  const partner = each.partner && 'CCI Clermont';
  if (project.closing)
    project.closing = { ...project.closing, words: 'Call the CCI of Loire: <they> know of your project.' };
  const from = each.from && 'CCI Allier';
  const partnerWords = each.partnerWords.receipt ? PARTNER_WORDS : each.partnerWords;
  return {
    ...each,
    project,
    helpers,
    words,
    reasons,
    partner,
    from,
    partnerWords,
    person: 'Camille A.',
    language: 'en',
  };
};

/** Every e-mail to a holder, in English. */
export const ENGLISH_CASES = EMAIL_CASES.filter(([, email]) => languagesOf(email).includes('en')).map(
  ([name, email, each]): [string, EmailId, EmailFacts] => [name, email, inEnglish(name, each)],
);
