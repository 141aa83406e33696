import type { Request, Response } from 'express';
import type { CallTime } from '../../domain/questionnaire/answers.js';
import { ANY_TIME, CALL_TIMES } from '../../domain/questionnaire/callTimes.js';
import { CALLED_BACK, USEFUL } from '../../domain/referrals/opinion.js';
import { BECAME } from '../../domain/referrals/referral.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { OwnData } from '../../services/ownData.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { howLongIn } from './legal.js';
import { languageFor, tokenOf } from './ownProjectPage.js';
import { ownStory, writtenMoment } from './ownStory.js';

type Uses = Pick<Services, 'ownData' | 'territory'>;

const NONE: Words = { fr: 'Non renseigné', en: 'Not given' };

const whenInWords = (when: readonly CallTime[], language: Language): string =>
  when.length > 0
    ? when.map((time) => CALL_TIMES[time][language]).join(language === 'fr' ? ' ; ' : '; ')
    : ANY_TIME[language];

const contactRows = ({ project }: OwnData, language: Language) => {
  const say = inLanguage(language);
  const { contact } = project;
  const row = (question: Words, answer: string | null) => ({ question: say(question), answer: answer ?? say(NONE) });
  return [
    row({ fr: 'Nom', en: 'Name' }, contact.name),
    row({ fr: 'Adresse e-mail', en: 'E-mail address' }, contact.email),
    row({ fr: 'Téléphone', en: 'Phone' }, contact.phone),
    row({ fr: 'Quand vous appeler', en: 'When to call you' }, whenInWords(contact.when, language)),
    row({ fr: 'Organisme', en: 'Organisation' }, project.organisation),
    row({ fr: 'SIRET', en: 'SIRET' }, project.siret),
    row({ fr: 'Page web', en: 'Web page' }, project.link),
  ];
};

const becameRows = ({ project: { became } }: OwnData, language: Language) =>
  became
    ? [
        {
          question: inLanguage(language)({ fr: 'Où en est votre projet ?', en: 'Where does your project stand?' }),
          answer: BECAME[became.what][language],
        },
      ]
    : [];

const opinionRows = ({ project: { survey } }: OwnData, language: Language) => {
  if (!survey) return [];
  const say = inLanguage(language);
  return [
    {
      question: say({ fr: 'Une personne a-t-elle pris contact avec vous ?', en: 'Did somebody contact you?' }),
      answer: say(CALLED_BACK[survey.calledBack]),
    },
    {
      question: say({ fr: 'Cet accompagnement a-t-il été utile ?', en: 'Was this help useful?' }),
      answer: say(USEFUL[survey.useful]),
    },
  ];
};

/** What the file to download holds: everything of the person, nothing of our own workings. */
export const asFile = ({ project, events, partnerWords }: OwnData) => ({
  reference: project.reference,
  submittedAt: project.submittedAt,
  language: project.language,
  state: project.state,
  contact: project.contact,
  organisation: project.organisation,
  siret: project.siret,
  link: project.link,
  inTouchWith: project.inTouchWith,
  answers: project.answers,
  facts: project.facts,
  decision: { outcome: project.decision.outcome, main: project.decision.main, reasons: project.decision.reasons },
  messages: project.messages.map(({ at, text }) => ({ at, text })),
  survey: project.survey,
  became: project.became ?? null,
  questionsRefusedAt: project.questionsRefusedAt ?? null,
  mailRefused: project.mailRefused ?? null,
  withdrawnAt: project.withdrawnAt,
  partnerWords,
  events: events.map(({ type, at, partner, reason }) => ({ type, at, partner, reason })),
});

/** Everything that is kept about a project: a page that prints well, and a file. */
export const ownDataScreen = ({ ownData, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const token = tokenOf(req);
    const data = await ownData(token);
    if (!data) return res.redirect(303, paths.erased());
    const { project } = data;
    const language = languageFor(req, project);
    const page = {
      title: inLanguage(language)({ fr: 'Vos données', en: 'Your data' }),
      back: paths.followUp(token),
      file: paths.ownDataJson(token),
      kept: howLongIn(language),
      reference: project.reference,
      sentAt: writtenMoment(project.submittedAt, language),
      contactRows: contactRows(data, language),
      rows: project.answers
        .filter(({ step }) => step !== 'contact')
        .map(({ question, answer }) => ({ question, answer })),
      messages: project.messages.map(({ at, text }) => ({ when: writtenMoment(at, language), text })),
      partnerWords: data.partnerWords,
      opinionRows: [...opinionRows(data, language), ...becameRows(data, language)],
      timeline: ownStory(data.events, { language, territory }),
    };
    await renderPage(res, 'public/ownData', page, { language });
  },

  async download(req: Request, res: Response): Promise<void> {
    const data = await ownData(tokenOf(req));
    if (!data) return res.redirect(303, paths.erased());
    res.attachment(`projet-${data.project.reference}.json`);
    res.type('json').send(`${JSON.stringify(asFile(data), null, 2)}\n`);
  },
});
