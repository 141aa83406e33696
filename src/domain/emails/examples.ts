import { CANCELLED } from '../referrals/meeting.js';
import type { Appointment, Project, Referral } from '../referrals/referral.js';
import { inLanguage, type Language } from '../territory/language.js';
import type { Territory } from '../territory/territory.js';
import type { TerritoryExamples } from '../territory/territoryWords.js';
import { type EmailId, isDraftEmail, rowOf } from './catalogue.js';
import type { DraftEmailFacts, EmailFacts, ProjectEmailFacts } from './emailFacts.js';
import type { Destination } from './emailRow.js';
import { exampleAccountFacts } from './exampleAccounts.js';
import { EXAMPLE_NOW, exampleEvent, exampleProject, exampleReferral, EXAMPLE_SITE as SITE } from './exampleRecords.js';

/** Every e-mail with made-up facts: what the preview shows and what the tests begin with. */

const ADVISER = 'Dominique A.';
/** What the territory gives its examples, with the names of what it names. */
type Places = TerritoryExamples & { deskName: string; otherName: string; communeName: string };

const placesOf = ({ words, partner, commune }: Territory): Places => {
  const { examples } = words;
  return {
    ...examples,
    deskName: partner(examples.desk)?.name ?? examples.desk,
    otherName: partner(examples.otherDesk)?.name ?? examples.otherDesk,
    communeName: commune(examples.commune)?.name ?? examples.commune,
  };
};

const projectFacts = (
  of: Places,
  language: Language,
  change: Partial<ProjectEmailFacts> = {},
): Omit<ProjectEmailFacts, 'link'> => ({
  about: 'project',
  project: exampleProject(language, of),
  referral: exampleReferral(of),
  partner: of.deskName,
  event: null,
  person: ADVISER,
  from: '',
  actor: '',
  story: [],
  partnerWords: { receipt: '', hours: '' },
  commune: of.communeName,
  helpers: [],
  reasons: [inLanguage(language)(of.reason)],
  words: '',
  language,
  also: [],
  actLinks: {
    helped: `${SITE}/dossiers/r1/cloturer?outcome=helped`,
    no_solution: `${SITE}/dossiers/r1/cloturer?outcome=no_solution`,
    unreachable: `${SITE}/dossiers/r1/cloturer?outcome=unreachable`,
  },
  now: EXAMPLE_NOW,
  ...change,
});

const TAKEN: Partial<Referral> = { state: 'taken', takenBy: 'a1', takenAt: EXAMPLE_NOW };
/** Tuesday 8 December 2026, 14:30 in Paris. */
const MEETING = { at: new Date('2026-12-08T13:30:00Z'), minutes: 30, sequence: 3 };
const APPOINTMENT: Appointment = { ...MEETING, kind: 'call', place: '' };
const BY_ADVISER = { role: 'advisor', account: 'a1' } as const;
const later = (day: string): Date => new Date(`${day}T09:00:00Z`);

const decided = (of: Places, language: Language, outcome: Project['decision']['outcome']): Project => {
  const project = exampleProject(language, of);
  return { ...project, decision: { ...project.decision, outcome, main: null } };
};
/** No partner has it. */
const atNobody = (project: Project) => ({ project, referral: null, partner: null, person: null });
const refused = (of: Places, language: Language): Project =>
  exampleProject(language, of, {
    mailRefused: { at: EXAMPLE_NOW, because: '550 5.1.1 mailbox unavailable' },
  });
const BOOKED = exampleEvent({ id: 'e2', type: 'booked', referral: 'r1', reason: 'call', actor: BY_ADVISER });
const BOOKING_LOST = exampleEvent({
  type: 'booked',
  reason: CANCELLED,
  actor: BY_ADVISER,
  lost: { ...MEETING, kind: 'visit' },
});

type Change = (language: Language) => Partial<ProjectEmailFacts>;

/** What each e-mail about a project says beside what they share. */
const changesOf = (of: Places): Partial<Record<EmailId, Change>> => ({
  'holder-receipt-triage': (language) => ({
    ...atNobody(decided(of, language, 'triage')),
    reasons: [
      inLanguage(language)({
        fr: 'Le besoin n’est pas encore précisé.',
        en: 'No partner stands out clearly enough: a person reads your project and chooses.',
      }),
    ],
  }),
  'holder-receipt-out-of-territory': (language) => ({
    ...atNobody(decided(of, language, 'out_of_territory')),
    helpers: [{ name: 'Bpifrance', kind: 'other' }],
  }),
  'holder-receipt-rejected': (language) => ({
    ...atNobody(decided(of, language, 'rejected')),
    reasons: [
      inLanguage(language)({
        fr: 'Votre message ressemble à une recherche d’emploi. France Travail vous aidera mieux que nous.',
        en: 'Your message looks like a job search. France Travail will help you better than we can.',
      }),
    ],
  }),
  'holder-sent-on': (language) => ({ project: decided(of, language, 'triage') }),
  'holder-taken': () => ({ referral: exampleReferral(of, TAKEN) }),
  'holder-rerouted': () => ({
    referral: exampleReferral(of, { sequence: 2 }),
    event: exampleEvent({ type: 'referred', reason: 'other-place', actor: BY_ADVISER }),
    from: of.otherName,
  }),
  'holder-transferred': (language) => ({
    referral: exampleReferral(of, TAKEN),
    person: 'Sacha B.',
    also: [
      inLanguage(language)({
        fr: `Votre projet est pris en charge par notre partenaire : ${of.deskName}.`,
        en: `Your project is being looked after by our partner: ${of.deskName}.`,
      }),
    ],
  }),
  'holder-associated': () => ({
    referral: exampleReferral(of, { role: 'associated', state: 'informed' }),
    partner: of.otherName,
    from: of.deskName,
  }),
  'holder-not-forgotten': () => ({ now: later('2026-12-04') }),
  'holder-message': (language) => ({
    referral: exampleReferral(of, TAKEN),
    actor: ADVISER,
    words: inLanguage(language)({
      fr: 'Bonjour,\nLa prochaine réunion sur les aides à la création a lieu le 15 décembre. Souhaitez-vous y venir ?',
      en: 'Hello,\nThe next meeting on how to start a business is on 15 December. Would you like to come?',
    }),
  }),
  'holder-detail-asked': (language) => ({
    referral: exampleReferral(of, { asked: { at: EXAMPLE_NOW, until: new Date('2026-12-15T17:00:00Z'), note: 'n1' } }),
    words: inLanguage(language)({
      fr: 'Avez-vous déjà un local ?\nSi oui, à quelle adresse ?',
      en: 'Do you have premises yet?\nIf so, at which address?',
    }),
  }),
  'holder-not-reached': () => ({ referral: exampleReferral(of, { ...TAKEN, attempts: 1 }) }),
  'holder-appointment': () => ({
    referral: exampleReferral(of, { ...TAKEN, appointment: APPOINTMENT }),
    event: BOOKED,
  }),
  'holder-appointment-cancelled': () => ({ referral: exampleReferral(of, TAKEN), event: BOOKING_LOST }),
  'holder-closed': (language) => ({
    referral: exampleReferral(of, { state: 'helped', outcome: 'helped' }),
    words: inLanguage(language)({
      fr: 'Le prêt est accordé.\nVotre contact reste votre banque.',
      en: 'The loan is granted.\nYour bank remains your contact.',
    }),
  }),
  'holder-closed-in-triage': (language) => ({
    ...atNobody({
      ...decided(of, language, 'triage'),
      closing: {
        id: 'c1',
        at: EXAMPLE_NOW,
        reason: 'elsewhere',
        words: inLanguage(language)({
          fr: `${of.elsewhere.fr} :\nelle connaît votre projet.`,
          en: `${of.elsewhere.en}:\nthey know of your project.`,
        }),
        by: 'm1',
      },
    }),
  }),
  'holder-reopened': () => ({
    referral: exampleReferral(of, TAKEN),
    event: exampleEvent({ type: 'reopened', reason: 'mistake' }),
  }),
  'holder-survey': () => ({ referral: exampleReferral(of, { state: 'helped', outcome: 'helped' }) }),
  'holder-became': () => ({
    referral: exampleReferral(of, { state: 'helped', outcome: 'helped' }),
    now: later('2027-06-01'),
  }),
  'holder-erased': (language) => {
    const project = exampleProject(language, of);
    return { project: { ...project, erasedAt: EXAMPLE_NOW, facts: { ...project.facts, title: '' } } };
  },
  'advisor-reminder': () => ({ now: later('2026-12-03') }),
  'advisor-second-reminder': () => ({ now: later('2026-12-07') }),
  'advisor-news': () => ({ referral: exampleReferral(of, TAKEN), now: later('2027-01-04') }),
  'advisor-transferred': () => ({ actor: 'Sacha B.', event: exampleEvent({ type: 'transferred' }) }),
  'advisor-associated': () => ({
    referral: exampleReferral(of, { role: 'associated', state: 'informed' }),
    partner: of.otherName,
    from: of.deskName,
  }),
  'advisor-shared': () => ({ from: of.otherName }),
  'advisor-appointment': () => ({
    referral: exampleReferral(of, { ...TAKEN, appointment: APPOINTMENT }),
    event: BOOKED,
  }),
  'advisor-appointment-cancelled': () => ({ referral: exampleReferral(of, TAKEN), event: BOOKING_LOST }),
  'advisor-message': () => ({ event: exampleEvent({ type: 'message-added' }) }),
  'advisor-withdrawn': () => ({ event: exampleEvent({ type: 'withdrawn', reason: 'solved' }) }),
  'lead-nobody-available': () => ({ referral: exampleReferral(of, { assignee: null }) }),
  'lead-escalation': () => ({ now: later('2026-12-08') }),
  'lead-address-refused': (language) => ({ project: refused(of, language) }),
  'manager-triage': (language) => atNobody(decided(of, language, 'triage')),
  'manager-expired': () => ({ referral: exampleReferral(of, { state: 'expired' }), now: later('2027-01-15') }),
  'manager-address-refused': (language) => atNobody(refused(of, language)),
});

const draftFacts = (language: Language): Omit<DraftEmailFacts, 'link'> => ({
  about: 'draft',
  draft: { id: 'd1', language, name: '', email: 'camille@example.org' },
  language,
  now: EXAMPLE_NOW,
});

/** The page that a button opens. */
const LINKS: Record<Destination, string> = {
  home: '/',
  draft: '/reprendre/s3cret',
  'follow-up': '/suivi/s3cret',
  answer: '/suivi/s3cret/message',
  'contact data': '/suivi/s3cret/coordonnees',
  opinion: '/suivi/s3cret/avis',
  'what became': '/suivi/s3cret/nouvelles',
  'new project': '/projet',
  referral: '/dossiers/r1',
  'project sheet': '/pilotage/projets/p1',
  queue: '/dossiers',
  figures: '/pilotage',
  report: '/pilotage/rapports/2026-T3',
  'report draft': '/pilotage/rapports/apercu?trimestre=2026-T3',
  exports: '/pilotage/exports',
  team: '/equipe',
  invitation: '/invitation/s3cret',
  'sign-in link': '/connexion/lien/s3cret',
  'lost password': '/mot-de-passe-perdu',
  'own account': '/compte',
  'new password': '/mot-de-passe/s3cret',
};

/** Made-up facts of an e-mail, in a language that it has, with the places and partners of a territory. */
export const exampleFacts = (email: EmailId, language: Language, territory: Territory): EmailFacts => {
  const link = SITE + LINKS[rowOf(email).button.opens];
  if (isDraftEmail(email)) return { ...draftFacts(language), link };
  const account = exampleAccountFacts(email, territory);
  const of = placesOf(territory);
  return account ? { ...account, link } : { ...projectFacts(of, language, changesOf(of)[email]?.(language)), link };
};
