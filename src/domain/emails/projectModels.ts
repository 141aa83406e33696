import { dayInWords, momentInWords, timeInWords } from '../calendar/words.js';
import { CANCELLED, MEETING_KINDS } from '../referrals/meeting.js';
import type { Appointment } from '../referrals/referral.js';
import { inLanguage } from '../territory/language.js';
import { type EmailFacts, type EmailModel, known, type ProjectEmailFacts } from './emailFacts.js';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Words that e-mails to holders and to staff share: of the project, then of the partner who has it. */
export const aboutProject = ({ project, link, language }: ProjectEmailFacts) => ({
  link,
  title: oneLine(project.facts.title) || inLanguage(language)({ fr: 'sans titre', en: 'untitled' }),
  reference: project.reference,
});

/** The promise, while it can still be kept. */
const callBy = ({ referral, now, language }: ProjectEmailFacts): string => {
  const { callBy } = known(referral, 'referral');
  const say = inLanguage(language);
  const moment = momentInWords(callBy, language);
  if (callBy > now) return say({ fr: `avant ${moment}`, en: `before ${moment}` });
  return say({ fr: 'dès que possible', en: 'as soon as possible' });
};

export const atPartner = (facts: ProjectEmailFacts) => ({
  ...aboutProject(facts),
  partner: known(facts.partner, 'partner'),
  callBy: callBy(facts),
  byPhone: facts.project.contact.phone !== null,
});

const whenMeeting = ({ at, kind }: Omit<Appointment, 'place'>, { language, now }: ProjectEmailFacts) => ({
  day: dayInWords(at, now, language),
  hour: timeInWords(at, language),
  kind: inLanguage(language)(MEETING_KINDS[kind]),
});

/** The appointment as it stands; `isMoved`: another one stood before. */
export const appointment = (facts: ProjectEmailFacts) => {
  const { event, referral, story } = facts;
  const meeting = known(known(referral, 'referral').appointment, 'appointment');
  const { kind, minutes, place } = meeting;
  const booked = story.filter((each) => each.type === 'booked' && each.referral === referral?.id);
  const before = booked[booked.findIndex(({ id }) => id === event?.id) - 1];
  return {
    ...whenMeeting(meeting, facts),
    length: `${minutes}\u00a0minutes`,
    place: kind === 'call' ? '' : oneLine(place),
    isCall: kind === 'call',
    isVideo: kind === 'video',
    isMoved: before !== undefined && before.reason !== CANCELLED,
  };
};

/** The appointment that the event takes away. */
export const lostAppointment = (facts: ProjectEmailFacts) =>
  whenMeeting(known(facts.event?.lost ?? null, 'lost appointment'), facts);

/** Makes a model of an e-mail about a project; one about a draft is a fault of the catalogue. */
export const ofProject =
  (model: (facts: ProjectEmailFacts) => EmailModel) =>
  (facts: EmailFacts): EmailModel => {
    if (facts.about !== 'project') throw new Error(`This e-mail is about a project, not about a ${facts.about}`);
    return model(facts);
  };
