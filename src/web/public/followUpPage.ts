import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import { CLOSE_OUTCOMES, type CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { EventType, ProjectEvent, ProjectState } from '../../domain/referrals/referral.js';
import { whatToPrepare } from '../../domain/referrals/whatToPrepare.js';
import type { Partner } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import type { FollowedProject } from '../../services/followProject.js';
import type { PageModel } from '../renderPage.js';
import { followUpAnswer } from './followUpAnswer.js';
import { asSubject } from './partnerWords.js';

type PartnerOf = (id: string) => Partner | undefined;
type Telling = (event: ProjectEvent, partner: string) => string;

const TOLD: Record<EventType, Telling> = {
  submitted: () => 'Vous avez envoyé votre projet.',
  referred: (_event, partner) => `Votre projet est arrivé chez notre partenaire : ${partner}.`,
  taken: (_event, partner) => `Votre projet est pris en charge par notre partenaire : ${partner}.`,
  declined: (_event, partner) =>
    `${partner} ne peut pas suivre ce projet. Une personne cherche l’organisme qui convient.`,
  closed: (event) => {
    const outcome = event.reason ?? event.after ?? '';
    return `${outcome in CLOSE_OUTCOMES ? CLOSE_OUTCOMES[outcome as CloseOutcome] : 'Le suivi est terminé'}.`;
  },
  withdrawn: () => 'Vous avez retiré votre projet.',
  'message-added': () => 'Vous avez ajouté un message.',
  'contact-corrected': () => 'Vous avez corrigé vos coordonnées.',
  'nobody-called': () => 'Vous nous avez dit que personne ne vous a appelé.',
  surveyed: () => 'Vous avez donné votre avis.',
  erased: () => 'Vos données sont effacées.',
};

const timelineOf = (events: ProjectEvent[], partnerOf: PartnerOf) =>
  events.map((event) => {
    const partner = event.partner ? partnerOf(event.partner) : undefined;
    const name = partner ? frenchTypography(partner.name) : 'un organisme';
    return { when: `${dayInWords(event.at)}, ${timeInWords(event.at)}`, text: TOLD[event.type](event, name) };
  });

const TAGS: Record<ProjectState, { label: string; tone: string }> = {
  waiting: { label: 'En attente d’un contact', tone: 'soon' },
  in_progress: { label: 'Pris en charge', tone: 'now' },
  helped: { label: 'Aidé', tone: 'done' },
  closed: { label: 'Terminé', tone: 'neutral' },
  withdrawn: { label: 'Retiré', tone: 'neutral' },
  triage: { label: 'En cours de lecture', tone: 'info' },
  out_of_territory: { label: 'Hors territoire', tone: 'neutral' },
  rejected: { label: 'Sans suite', tone: 'neutral' },
};

const EXPECTS_A_CALL: ProjectState[] = ['waiting', 'in_progress'];
const NAMES_HELPERS: ProjectState[] = ['waiting', 'in_progress', 'closed', 'out_of_territory'];
const MAY_SEND_AGAIN: ProjectState[] = ['closed', 'helped', 'out_of_territory', 'rejected'];

/** Why this partner; said only while the decision is the reason of where the project is. */
const reasonsOf = ({ project, referral }: FollowedProject): string[] => {
  const asDecided = referral === null || referral.partner === project.decision.main;
  const shown = project.state !== 'rejected' && asDecided;
  return shown ? project.decision.reasons.map(frenchTypography) : [];
};

/** What the advisor wrote when closing: the event points to a note of the referral. */
const closingWords = ({ events, referral }: FollowedProject): string | null => {
  const closing = events.findLast((event) => event.type === 'closed' && event.referral === referral?.id);
  return referral?.notes.find(({ id }) => id === closing?.note)?.text ?? null;
};

const OWN_CCI = 'La CCI de votre département';

const helpersOf = ({ project, associated }: FollowedProject): string[] => {
  if (!NAMES_HELPERS.includes(project.state)) return [];
  const names = associated.map(({ name }) => frenchTypography(name));
  const lacksCci = names.length > 0 && !associated.some(({ kind }) => kind === 'cci');
  return project.state === 'out_of_territory' && lacksCci ? [...names, OWN_CCI] : names;
};

/** The view model of the holder's own page, from what is stored and the instant it is read. */
export const followUpPage = (
  followed: FollowedProject,
  { received, now, partnerOf }: { received: boolean; now: Date; partnerOf: PartnerOf },
): PageModel => {
  const { project, partner } = followed;
  const answer = followUpAnswer(followed, now);
  const [why, ...moreReasons] = reasonsOf(followed);
  const expectsCall = EXPECTS_A_CALL.includes(project.state);
  return {
    title: answer.heading.replace(/\.$/, ''),
    answer,
    received: received && project.state !== 'rejected',
    reference: project.reference,
    projectTitle: project.facts.title,
    email: project.contact.email,
    tag: TAGS[project.state],
    closingWords: closingWords(followed),
    whyTitle: partner ? `Pourquoi ${asSubject(partner).replace(/^L/, 'l')} ?` : 'Pourquoi ?',
    why: why ?? null,
    moreReasons,
    prepare: expectsCall ? whatToPrepare(project.facts) : [],
    helpersTitle: project.state === 'out_of_territory' ? 'Qui peut vous aider' : 'Ils peuvent aussi être utiles',
    helpers: helpersOf(followed),
    timeline: timelineOf(followed.events, partnerOf),
    rows: project.answers.map(({ question, answer: given }) => ({ question, answer: given })),
    maySendAgain: MAY_SEND_AGAIN.includes(project.state),
  };
};
