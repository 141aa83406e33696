import { loadTerritory } from '../../src/data/territoryFiles.js';
import { EMAIL_IDS, type EmailId, languagesOf } from '../../src/domain/emails/catalogue.js';
import type { EmailFacts, ProjectEmailFacts } from '../../src/domain/emails/emailFacts.js';
import {
  exampleEvent as anEvent,
  EXAMPLE_NOW,
  exampleProject,
  exampleReferral,
} from '../../src/domain/emails/exampleRecords.js';
import { exampleFacts } from '../../src/domain/emails/examples.js';
import type { Appointment, Project, ProjectEvent, Referral } from '../../src/domain/referrals/referral.js';
import { inLanguage, type Language } from '../../src/domain/territory/language.js';

export { anEvent };

const territory = loadTerritory();
const places = territory.words.examples;

/** Tuesday 1 December 2026, 10:00 in Paris. */
export const TUESDAY = EXAMPLE_NOW;
const FRIDAY = new Date('2026-12-04T09:00:00Z');

export const aProject = (change: Partial<Project> = {}): Project => exampleProject('fr', places, change);
export const aReferral = (change: Partial<Referral> = {}): Referral => exampleReferral(places, change);

export const decided = (
  outcome: Project['decision']['outcome'],
  change: Partial<Project['decision']> = {},
): Project => {
  const project = aProject();
  return { ...project, decision: { ...project.decision, outcome, main: null, ...change } };
};

/** What one wording of an e-mail has of its own, beside the made-up facts of the e-mail. */
type Change = (language: Language, example: ProjectEmailFacts) => Partial<ProjectEmailFacts>;

const is =
  (change: Partial<ProjectEmailFacts>): Change =>
  () =>
    change;
const withProject =
  (change: Partial<Project>, more: Partial<ProjectEmailFacts> = {}): Change =>
  (_language, { project }) => ({ project: { ...project, ...change }, ...more });
const byCamille = { role: 'advisor', account: 'a1' } as const;
const withoutPhone = withProject({
  contact: { name: 'Camille Exemple', email: 'camille@example.org', phone: null, when: [] },
});

const taken = aReferral({ state: 'taken', takenBy: 'a1' });
const wrote = anEvent({ type: 'message-added', note: 'm1' });
const answered: ProjectEvent[] = [wrote, anEvent({ id: 'e1:answer', type: 'detail-given', note: 'm1' })];
const meets = (change: Partial<Appointment>): Referral =>
  aReferral({
    ...taken,
    appointment: { at: new Date('2026-12-08T13:30:00Z'), minutes: 30, sequence: 3, kind: 'call', place: '', ...change },
  });
const ended = (outcome: 'helped' | 'no_solution' | 'unreachable'): Referral => aReferral({ state: outcome, outcome });
const booked = anEvent({ id: 'e2', type: 'booked', referral: 'r1', reason: 'call', actor: byCamille });
const moved = [anEvent({ type: 'booked', referral: 'r1', reason: 'visit' }), booked];

const WORDINGS: [string, EmailId, Change][] = [
  ['receipt, declined before it left', 'holder-receipt', is({ referral: aReferral({ state: 'declined' }) })],
  [
    'receipt, declined and sent on before it left',
    'holder-receipt',
    is({ referral: aReferral({ sequence: 2, partner: 'cci-allier' }), partner: 'CCI de l’Allier' }),
  ],
  [
    'receipt without telephone, promise passed',
    'holder-receipt',
    (language, example) => ({ ...withoutPhone(language, example), now: FRIDAY }),
  ],
  [
    'receipt with words of the partner',
    'holder-receipt',
    (language) => ({
      partnerWords: {
        receipt: inLanguage(language)({
          fr: 'Notre accueil est au rez-de-chaussée.',
          en: 'Our desk is on the ground floor.',
        }),
        hours: inLanguage(language)({ fr: 'du lundi au vendredi, 9 h à 17 h', en: 'Monday to Friday, 9 am to 5 pm' }),
      },
    }),
  ],
  [
    'receipt, out of territory, with a CCI',
    'holder-receipt-out-of-territory',
    is({
      helpers: [
        { name: 'CCI Allier', kind: 'cci' },
        { name: 'Bpifrance', kind: 'other' },
      ],
    }),
  ],
  ['receipt, out of territory, nobody known', 'holder-receipt-out-of-territory', is({ helpers: [] })],
  ['receipt, rejected without a reason', 'holder-receipt-rejected', is({ reasons: [] })],
  ['sent on after a decline', 'holder-sent-on', is({ referral: aReferral({ sequence: 2 }) })],
  [
    'rerouted for another reason',
    'holder-rerouted',
    is({ event: anEvent({ type: 'referred', reason: 'other', actor: byCamille }) }),
  ],
  ['not forgotten, without telephone', 'holder-not-forgotten', withoutPhone],
  ['not reached again', 'holder-not-reached', is({ referral: aReferral({ ...taken, attempts: 2 }) })],
  [
    'an appointment moved, at an address',
    'holder-appointment',
    is({ referral: meets({ kind: 'visit', place: '148 boulevard Lavoisier' }), story: moved }),
  ],
  [
    'an appointment on screen',
    'holder-appointment',
    is({ referral: meets({ kind: 'video', place: 'https://video.example.org/r1' }) }),
  ],
  [
    'an appointment cancelled with the end',
    'holder-appointment-cancelled',
    (_language, { event }) => ({ event: event && { ...event, type: 'closed', reason: 'helped' } }),
  ],
  ['closed, no solution', 'holder-closed', is({ referral: ended('no_solution'), words: '' })],
  ['closed, unreachable', 'holder-closed', is({ referral: ended('unreachable'), words: '' })],
  ['closed, helped with premises', 'holder-closed', is({ referral: { ...ended('helped'), help: 'premises' } })],
  ['new project, to write to', 'advisor-new-project', withoutPhone],
  ['reminder after the date promised', 'advisor-reminder', is({ now: FRIDAY })],
  ['second reminder before the date promised', 'advisor-second-reminder', is({ now: TUESDAY })],
  ['second reminder, without telephone', 'advisor-second-reminder', withoutPhone],
  [
    'to triage, nothing known',
    'manager-triage',
    (_language, { project }) => ({
      project: { ...project, facts: { ...project.facts, needs: [], commune: null } },
      commune: null,
    }),
  ],
  [
    'declined',
    'manager-triage',
    is({
      referral: aReferral({ state: 'declined', declineReason: 'other-place' }),
      partner: 'CCI de l’Allier',
      words: 'Saint-Yorre est chez nous, Clermont-Ferrand non.',
    }),
  ],
  ['an answer', 'advisor-message', is({ event: wrote, story: answered })],
  ['contact data corrected', 'advisor-message', is({ event: anEvent({ type: 'contact-corrected' }) })],
  [
    'nobody wrote, taken',
    'advisor-nobody-called',
    (language, example) => ({ ...withoutPhone(language, example), referral: taken }),
  ],
  ['transferred to you, in hand', 'advisor-transferred', is({ referral: taken })],
  [
    'transferred during an absence',
    'advisor-transferred',
    is({ actor: '', event: anEvent({ type: 'transferred', reason: 'absence' }) }),
  ],
  [
    'an appointment moved, for the advisor',
    'advisor-appointment',
    is({ referral: meets({ kind: 'visit', place: '148 boulevard Lavoisier' }), story: moved }),
  ],
  [
    'withdrawn by erasing',
    'advisor-withdrawn',
    (_language, { project }) => ({
      project: { ...project, erasedAt: TUESDAY, withdrawnAt: TUESDAY, facts: { ...project.facts, title: '' } },
      event: anEvent({ type: 'erased' }),
    }),
  ],
  ['withdrawn without a reason', 'advisor-withdrawn', is({ event: null })],
  ['escalation before the date promised', 'lead-escalation', is({ now: TUESDAY })],
  ['address refused, without telephone', 'lead-address-refused', withoutPhone],
  ['address refused, without telephone, at no partner', 'manager-address-refused', withoutPhone],
];

/** Something in the words of holders and of staff that would be a tag, were it not escaped. */
const marked = (text: string): string =>
  text.replace(/réparation|mend|banque|bank|réunion|meeting|local|premises/, '<$&>');

const withMarkup = (facts: EmailFacts): EmailFacts => {
  if (facts.about !== 'project') return facts;
  const { project } = facts;
  const title = marked(project.facts.title);
  return { ...facts, words: marked(facts.words), project: { ...project, facts: { ...project.facts, title } } };
};

const worded = (email: EmailId, language: Language, change?: Change): EmailFacts => {
  const example = exampleFacts(email, language, territory);
  return withMarkup(change && example.about === 'project' ? { ...example, ...change(language, example) } : example);
};

type Case = [name: string, email: EmailId, facts: EmailFacts];
const casesIn = (language: Language): Case[] => [
  ...EMAIL_IDS.map((email): Case => [email, email, worded(email, language)]),
  ...WORDINGS.map(([name, email, change]): Case => [name, email, worded(email, language, change)]),
];

/** Every e-mail in each of its wordings, in French: [name, e-mail, facts]. An e-mail's own name: as the preview shows it. */
export const EMAIL_CASES: Case[] = casesIn('fr');

/** The same of those to holders, in English. */
export const ENGLISH_CASES: Case[] = casesIn('en').filter(([, email]) => languagesOf(email).includes('en'));
