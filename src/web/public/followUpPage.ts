import type { HolderAct } from '../../domain/referrals/holderActs.js';
import type { ProjectState } from '../../domain/referrals/referral.js';
import { whatToPrepare } from '../../domain/referrals/whatToPrepare.js';
import { reasonsInEnglish } from '../../domain/routing/reasonsInEnglish.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { FollowedProject } from '../../services/followProject.js';
import type { PageModel } from '../renderPage.js';
import { followUpAnswer } from './followUpAnswer.js';
import { addressRefused, ownMeeting, ownQuestion, writtenToOwner } from './followUpNext.js';
import { doneInWords } from './followUpNotices.js';
import { ownStory, writtenMoment } from './ownStory.js';
import { asSubject } from './partnerWords.js';

/** How the page is read: by whom it was opened, when, in which language, after which act. */
export interface Reading {
  token: string;
  language: Language;
  now: Date;
  territory: Territory;
  received: boolean;
  /** What has just been done, by the code that the address holds. */
  done: string;
}

const TAGS: Record<ProjectState, { label: Words; tone: string }> = {
  waiting: { label: { fr: 'En attente d’un contact', en: 'Waiting to be contacted' }, tone: 'soon' },
  in_progress: { label: { fr: 'Pris en charge', en: 'Being looked after' }, tone: 'now' },
  helped: { label: { fr: 'Aidé', en: 'Helped' }, tone: 'done' },
  closed: { label: { fr: 'Terminé', en: 'Ended' }, tone: 'neutral' },
  withdrawn: { label: { fr: 'Retiré', en: 'Withdrawn' }, tone: 'neutral' },
  triage: { label: { fr: 'En cours de lecture', en: 'Being read' }, tone: 'info' },
  out_of_territory: { label: { fr: 'Hors territoire', en: 'Outside our area' }, tone: 'neutral' },
  rejected: { label: { fr: 'Sans suite', en: 'No further action' }, tone: 'neutral' },
};

const EXPECTS_A_CALL: ProjectState[] = ['waiting', 'in_progress'];
const NAMES_HELPERS: ProjectState[] = ['waiting', 'in_progress', 'closed', 'out_of_territory'];
const SAYS_NO_REASON: ProjectState[] = ['rejected', 'withdrawn'];
const MAY_SEND_AGAIN: ProjectState[] = ['closed', 'helped', 'withdrawn', 'out_of_territory', 'rejected'];

/** What each act is called in the list, and its page. */
const ACTS: Record<HolderAct, { label: Words; href: (token: string) => string }> = {
  nobodyCalled: {
    label: { fr: 'Dire que personne n’a pris contact avec vous', en: 'Say that nobody has contacted you' },
    href: paths.nobodyCalled,
  },
  addMessage: {
    label: { fr: 'Ajouter un message ou une précision', en: 'Add a message or a detail' },
    href: paths.addMessage,
  },
  correctContact: {
    label: { fr: 'Corriger vos coordonnées', en: 'Correct your contact details' },
    href: paths.correctContact,
  },
  survey: {
    label: { fr: 'Donner votre avis : deux questions', en: 'Give your opinion: two questions' },
    href: paths.survey,
  },
  became: {
    label: { fr: 'Dire où en est le projet : une question', en: 'Tell us where the project stands: one question' },
    href: paths.became,
  },
  withdraw: { label: { fr: 'Retirer votre projet', en: 'Withdraw your project' }, href: paths.withdraw },
};

/** Seeing everything comes before the acts that end something; erasing is last. */
const actsOf = ({ acts }: FollowedProject, { token, language }: Reading) => {
  const say = inLanguage(language);
  const linkTo = (act: HolderAct) => ({ label: say(ACTS[act].label), href: ACTS[act].href(token) });
  return [
    ...acts.filter((act) => act !== 'withdraw').map(linkTo),
    {
      label: say({ fr: 'Voir et télécharger vos données', en: 'See and download your data' }),
      href: paths.ownData(token),
    },
    ...acts.filter((act) => act === 'withdraw').map(linkTo),
    { label: say({ fr: 'Faire effacer vos données', en: 'Have your data erased' }), href: paths.erase(token) },
  ];
};

/** Why this partner; said only while the decision is the reason of where the project is. */
const reasonsOf = ({ project, referral }: FollowedProject, { language, territory }: Reading): string[] => {
  const asDecided = referral === null || referral.partner === project.decision.main;
  const hasLeft = project.state === 'triage' && referral !== null;
  if (SAYS_NO_REASON.includes(project.state) || project.closing || hasLeft || !asDecided) return [];
  return language === 'fr' ? project.decision.reasons.map(frenchTypography) : reasonsInEnglish(project, territory);
};

/** What was written to end it: by a manager, or by the advisor, whose event points to a note of the referral. */
const closingWords = ({ events, project, referral }: FollowedProject): string | null => {
  if (project.closing) return project.closing.words || null;
  const closing = events.findLast((event) => event.type === 'closed' && event.referral === referral?.id);
  return referral?.notes.find(({ id }) => id === closing?.note)?.text ?? null;
};

const OWN_CCI: Words = { fr: 'La CCI de votre département', en: 'The CCI (chamber of commerce) of your département' };

/** Those already brought in have a list of their own. */
const helpersOf = ({ project, associated, joined }: FollowedProject, language: Language): string[] => {
  if (!NAMES_HELPERS.includes(project.state)) return [];
  const names = associated
    .filter(({ id }) => !joined.some((other) => other.id === id))
    .map(({ name }) => frenchTypography(name));
  const lacksCci = names.length > 0 && !associated.some(({ kind }) => kind === 'cci');
  return project.state === 'out_of_territory' && lacksCci ? [...names, OWN_CCI[language]] : names;
};

const CLOSING_TITLES: Record<'team' | 'partner', Words> = {
  team: { fr: 'Ce que notre équipe vous dit', en: 'What our team tells you' },
  partner: { fr: 'Ce que notre partenaire vous dit', en: 'What our partner tells you' },
};

const whyTitle = ({ partner }: FollowedProject, language: Language): string => {
  if (language === 'en') return partner ? `Why ${asSubject(partner, 'en').replace(/^The /, 'the ')}?` : 'Why?';
  return partner ? `Pourquoi ${asSubject(partner).replace(/^L/, 'l')} ?` : 'Pourquoi ?';
};

/** The view model of the holder's own page, from what is stored and how it is read. */
export const followUpPage = (followed: FollowedProject, reading: Reading): PageModel => {
  const { project } = followed;
  const { language } = reading;
  const say = inLanguage(language);
  const { heading, sentence } = followUpAnswer(followed, reading.now);
  const [why, ...moreReasons] = reasonsOf(followed, reading);
  return {
    title: say(heading).replace(/\.$/, ''),
    answer: { heading: say(heading), sentence: say(sentence) },
    notice: doneInWords(reading.done, language),
    refused: addressRefused(followed, reading),
    received: reading.received && project.state !== 'rejected' && project.contact.email !== null,
    reference: project.reference,
    projectTitle: project.facts.title,
    email: project.contact.email,
    tag: { label: say(TAGS[project.state].label), tone: TAGS[project.state].tone },
    question: ownQuestion(followed, reading),
    meeting: ownMeeting(followed, reading),
    written: writtenToOwner(followed, reading),
    joined: followed.joined.map(({ name }) => frenchTypography(name)),
    closingTitle: say(CLOSING_TITLES[project.closing ? 'team' : 'partner']),
    closingWords: closingWords(followed),
    whyTitle: whyTitle(followed, language),
    why: why ?? null,
    moreReasons,
    prepare: EXPECTS_A_CALL.includes(project.state) ? whatToPrepare(project.facts, language) : [],
    isOutside: project.state === 'out_of_territory',
    helpers: helpersOf(followed, language),
    messages: project.messages.map(({ at, text }) => ({ when: writtenMoment(at, language), text })),
    timeline: ownStory(followed.events, reading),
    rows: project.answers.map(({ question, answer: given }) => ({ question, answer: given })),
    acts: actsOf(followed, reading),
    maySendAgain: MAY_SEND_AGAIN.includes(project.state),
  };
};
