import { type Request, type Response, Router } from 'express';
import Joi from 'joi';
import { EMAIL_IDS, rowOf } from '../../domain/emails/catalogue.js';
import {
  DEFAULT_PREFERENCES,
  type EmailPreferences,
  NEWS_PACES,
  type NewsPace,
} from '../../domain/emails/preferences.js';
import type { Account, Role } from '../../domain/referrals/access.js';
import type { MailRefusal } from '../../domain/referrals/referral.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { whenInWords } from '../manager/rules/versionWords.js';
import { neverCached } from '../middleware/neverCached.js';
import { accountOf, requires } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'readOwnEmails' | 'chooseOwnEmails' | 'sayAddressWorks'>;

const PACE_HINTS: Record<NewsPace, string> = {
  'at-once': 'Par exemple quand un projet arrive ou qu’une personne vous répond.',
  daily: 'Ce qui attend, rassemblé. S’il n’y a rien, rien ne part.',
  weekly: 'Ce qui attend, rassemblé. Entre deux lundis, seul ce qui part toujours vous arrive.',
};

const NEWS: FieldWording = {
  kind: 'radios',
  name: 'news',
  label: 'Les nouvelles de vos projets',
  groups: [
    {
      choices: (Object.keys(NEWS_PACES) as NewsPace[]).map((value) => ({
        value,
        label: NEWS_PACES[value],
        hint: PACE_HINTS[value],
      })),
    },
  ],
};
const MONDAY: FieldWording = {
  kind: 'tick',
  name: 'digest',
  label: 'Le lundi matin',
  hint: 'Compris d’office si vous avez choisi un seul message, par jour ou par semaine.',
  tick: 'Recevoir chaque lundi ce qui attend',
};
const SUMMARY: FieldWording = {
  kind: 'tick',
  name: 'digest',
  label: 'Le lundi matin',
  tick: 'Recevoir chaque lundi la semaine en bref',
};

/** Managers get no news of single projects that could wait: they choose the weekly summary alone. */
const fieldsFor = ({ role }: Account): FieldWording[] => (role === 'manager' ? [SUMMARY] : [NEWS, MONDAY]);

const CHOOSE = { '*': 'Choisissez comment recevoir les nouvelles.' };
const digest = Joi.boolean().truthy('yes').default(false);
const TEAM_FORM = Joi.object<EmailPreferences>({
  news: Joi.string()
    .valid(...Object.keys(NEWS_PACES))
    .required()
    .messages(CHOOSE),
  digest,
});
const MANAGER_FORM = Joi.object<Pick<EmailPreferences, 'digest'>>({ digest });

/** Whose e-mails somebody gets: a lead's also when no advisor is there. */
const AUDIENCES: Record<Role, readonly string[]> = {
  advisor: ['advisor'],
  lead: ['advisor', 'lead'],
  manager: ['manager'],
  observer: [],
  admin: [],
};

/** What the catalogue sends to this role by itself, and what may be left to a digest. */
const inWords = ({ role }: Account) => {
  const rows = EMAIL_IDS.map(rowOf).filter(({ audience }) => AUDIENCES[role].includes(audience));
  const labels = (waits: boolean): string[] => {
    const chosen = rows.filter((row) => ('preference' in row && row.preference !== undefined) === waits);
    return [...new Set(chosen.map(({ label }) => frenchTypography(label)))];
  };
  return { always: labels(false), chosen: labels(true) };
};

const refusalInWords = (refusal: MailRefusal | null) =>
  refusal && { since: whenInWords(refusal.at), because: refusal.because, action: paths.addressWorks() };

const NOTICES = new Map([
  ['choix', { tone: 'done', title: 'Votre choix est enregistré.' }],
  ['adresse', { tone: 'done', title: 'C’est noté. Vos e-mails repartent à votre adresse.' }],
]);

/** What somebody of the desk receives by e-mail: chosen by each, for oneself. */
export const ownEmailsScreen = ({ readOwnEmails, chooseOwnEmails, sayAddressWorks }: Uses) => {
  const page = async (req: Request, typed: Typed | null = null, errors: FieldErrors = {}): Promise<PageModel> => {
    const reader = accountOf(req.account);
    const { preferences, mailRefused } = await readOwnEmails(reader);
    const { news, digest: wants } = preferences;
    const fields = fieldsFor(reader);
    return {
      title: 'Mes e-mails',
      address: reader.email,
      notice: NOTICES.get(String(req.query['fait'])) ?? null,
      refusal: refusalInWords(mailRefused),
      ...inWords(reader),
      action: paths.ownEmails(),
      fields: fields.map((field) => fieldModel(field, typed ?? { news, ...(wants && { digest: 'yes' }) }, errors)),
      errors: errorSummary(errors, ['news', 'digest']),
    };
  };

  return {
    show: async (req: Request, res: Response): Promise<void> => renderPage(res, 'account/ownEmails', await page(req)),

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const form = parseForm<Partial<EmailPreferences>>(by.role === 'manager' ? MANAGER_FORM : TEAM_FORM, req.body);
      if (form.errors)
        return renderPage(res, 'account/ownEmails', await page(req, form.typed, form.errors), { status: 422 });
      await chooseOwnEmails(by, { ...DEFAULT_PREFERENCES, ...form.values });
      res.redirect(303, `${paths.ownEmails()}?fait=choix`);
    },

    async addressWorks(req: Request, res: Response): Promise<void> {
      await sayAddressWorks(accountOf(req.account));
      res.redirect(303, `${paths.ownEmails()}?fait=adresse`);
    },
  };
};

/** The pages of the own account, for whoever is signed in. */
export const ownEmailsRouter = (services: Uses): Router => {
  const router = Router();
  const mayChoose = [neverCached, requires('chooseOwnEmails')];
  const screen = ownEmailsScreen(services);
  router.get(paths.ownEmails(), mayChoose, screen.show);
  router.post(paths.ownEmails(), mayChoose, screen.submit);
  // Whoever signs in again after sending this form comes back by its address.
  router.get(paths.addressWorks(), mayChoose, (_req: Request, res: Response) => res.redirect(303, paths.ownEmails()));
  router.post(paths.addressWorks(), mayChoose, screen.addressWorks);
  return router;
};
