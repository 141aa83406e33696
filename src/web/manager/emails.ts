import type { Request, Response } from 'express';
import { EMAIL_IDS, EMAILS, type EmailId, languagesOf } from '../../domain/emails/catalogue.js';
import type { Audience } from '../../domain/emails/delivery.js';
import { leavesWhen } from '../../domain/emails/rowWords.js';
import { isLanguage, LANGUAGES, type Language } from '../../domain/territory/language.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { EmailPreview } from '../../services/previewEmail.js';
import type { Services } from '../../services.js';
import { TO_WHOM } from '../emails/emailWords.js';
import { framesItself } from '../middleware/secureHeaders.js';
import { accountOf } from '../middleware/staffSession.js';
import { renderPage } from '../renderPage.js';
import { messagePolicy } from './messagePolicy.js';

type Uses = Pick<Services, 'previewEmail'>;

/** Of the message: the page itself is in French. */
const messageLanguage = (req: Request): Language => {
  const asked = req.query['langue'];
  return isLanguage(asked) ? asked : 'fr';
};

const withLanguage = (address: string, language: Language): string =>
  language === 'fr' ? address : `${address}?langue=${language}`;

const groups = () =>
  (Object.keys(TO_WHOM) as Audience[]).map((audience) => ({
    title: capital(TO_WHOM[audience]),
    emails: EMAIL_IDS.filter((id) => EMAILS[id].audience === audience).map((id) => ({
      label: EMAILS[id].label,
      href: paths.emailPreview(id),
      when: leavesWhen(id),
    })),
  }));

/** A neighbour keeps the language where it has it. */
const neighbour = (id: EmailId | null, { language }: EmailPreview) =>
  id && {
    label: EMAILS[id].label,
    href: withLanguage(paths.emailPreview(id), languagesOf(id).includes(language) ? language : 'fr'),
  };

const previewModel = (preview: EmailPreview) => {
  const { id, language, subject, text } = preview;
  const languages = languagesOf(id).map((each) => ({
    label: LANGUAGES[each],
    language: each,
    href: withLanguage(paths.emailPreview(id), each),
    isCurrent: each === language,
  }));
  return {
    title: EMAILS[id].label,
    toWhom: capital(TO_WHOM[EMAILS[id].audience]),
    when: leavesWhen(id),
    subject,
    text: text.trim(),
    // Of the message.
    spoken: language,
    languages: languages.length > 1 ? languages : [],
    body: withLanguage(paths.emailBody(id), language),
    before: neighbour(preview.before, preview),
    after: neighbour(preview.after, preview),
  };
};

/** The e-mails of the service: the list, one of them with made-up facts, and its HTML part as mail programs get it. */
export const emailsScreen = ({ previewEmail }: Uses) => {
  const asked = (req: Request): EmailPreview =>
    previewEmail(accountOf(req.account), String(req.params['id']), messageLanguage(req));

  return {
    list: (_req: Request, res: Response): Promise<void> =>
      renderPage(res, 'manager/emails', { title: 'E-mails', groups: groups() }),

    async show(req: Request, res: Response): Promise<void> {
      const model = previewModel(asked(req));
      framesItself(res);
      await renderPage(res, 'manager/emailPreview', model);
    },

    showBody(req: Request, res: Response): void {
      const { html } = asked(req);
      res.set('Content-Security-Policy', messagePolicy(html)).type('html').send(html);
    },
  };
};
