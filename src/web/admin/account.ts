import type { Request, Response } from 'express';
import { accountState } from '../../domain/accounts/accountState.js';
import { ROLES, type Role } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { wayInWords } from '../account/ownSessions.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { whenInWords } from '../manager/rules/versionWords.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { partnerInWords } from '../projectWords.js';
import { renderPage } from '../renderPage.js';
import { changeFields, changeForm, FIELD_ORDER } from './accountForm.js';
import { accountTag } from './accountTag.js';

type Uses = Pick<
  Services,
  'changeAccount' | 'inviteAgain' | 'readAccount' | 'reopenAccount' | 'resetSecondFactor' | 'territory'
>;

const NOTICES = new Map([
  ['invitation', 'L’invitation part par e-mail. Son lien sert une fois, pendant sept jours.'],
  ['modifie', 'C’est enregistré.'],
  ['rouvert', 'Le compte est rouvert. La personne reçoit un lien pour choisir un mot de passe.'],
  ['sans-second-facteur', 'La double authentification est retirée. La personne est prévenue par e-mail.'],
  ['deja', 'Ce compte n’avait pas de double authentification.'],
]);

/** What has just been done, by the code and the count that the address holds. */
const noticeOf = ({ query }: Request): string | null => {
  if (query['fait'] !== 'ferme') return NOTICES.get(String(query['fait'])) ?? null;
  const passed = /^\d{1,6}$/.test(String(query['projets'])) ? Number(query['projets']) : 0;
  if (passed === 0) return 'Le compte est fermé.';
  return `Le compte est fermé. ${passed > 1 ? `${passed}\u00a0projets passent` : 'Un projet passe'} à d’autres personnes du partenaire.`;
};

/** What a change starts from, as its form keeps it. */
const printSeen = ({ role, partner }: { role: Role; partner: string | null }): string => `${role}:${partner ?? ''}`;
const readSeen = (seen: string): { role: Role; partner: string | null } => {
  const [role = '', partner = ''] = seen.split(':');
  return { role: role as Role, partner: partner || null };
};

const idOf = (req: Request): string => String(req.params['id']);

/** One account: what its person may do, where it is signed in, and what an administrator does about it. */
export const accountScreen = (services: Uses) => {
  const { readAccount, territory } = services;

  const render = async (req: Request, res: Response, typed: Typed | null = null, errors: FieldErrors = {}) => {
    const { account: one, sessions } = await readAccount(accountOf(req.account), idOf(req));
    const { id, name, role, partner } = one;
    const isOwn = id === accountOf(req.account).id;
    const done = noticeOf(req);
    const model = {
      title: name,
      notice: done && { tone: 'done', title: done },
      tag: accountTag(one),
      state: accountState(one),
      isOwn,
      rows: [
        { question: 'Adresse e-mail', answer: one.email },
        { question: 'Rôle', answer: ROLES[role] },
        { question: 'Partenaire', answer: partner ? partnerInWords(partner, territory) : 'aucun' },
        { question: 'Double authentification', answer: one.hasSecondFactor ? 'en place' : 'pas en place' },
        ...(one.closedAt ? [{ question: 'Fermé', answer: `le ${whenInWords(one.closedAt)}` }] : []),
      ],
      sessions: sessions.map(({ device, how, startedAt }) => ({
        device,
        how: wayInWords(how),
        since: whenInWords(startedAt),
      })),
      hasSecondFactor: one.hasSecondFactor,
      seen: printSeen(one),
      fields: changeFields(territory).map((field) =>
        fieldModel(field, typed ?? { name, role, partner: partner ?? '' }, errors),
      ),
      errors: errorSummary(errors, FIELD_ORDER),
      links: {
        change: paths.account(id),
        inviteAgain: paths.inviteAgain(id),
        close: paths.closeAccount(id),
        reopen: paths.reopenAccount(id),
        erase: paths.eraseAccount(id),
        resetSecondFactor: paths.resetSecondFactor(id),
      },
    };
    await renderPage(res, 'admin/account', model, { status: model.errors.length > 0 ? 422 : 200 });
  };

  const back = (req: Request, res: Response, done: string): void =>
    res.redirect(303, `${paths.account(idOf(req))}?fait=${done}`);

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async change(req: Request, res: Response): Promise<void> {
      const form = parseForm(changeForm(territory), req.body);
      if (form.errors) return render(req, res, form.typed, form.errors);
      const { seen, ...wanted } = form.values;
      await services.changeAccount(accountOf(req.account), idOf(req), { seen: readSeen(seen), wanted });
      back(req, res, 'modifie');
    },

    async inviteAgain(req: Request, res: Response): Promise<void> {
      await services.inviteAgain(accountOf(req.account), idOf(req));
      back(req, res, 'invitation');
    },

    async reopen(req: Request, res: Response): Promise<void> {
      await services.reopenAccount(accountOf(req.account), idOf(req));
      back(req, res, 'rouvert');
    },

    async resetSecondFactor(req: Request, res: Response): Promise<void> {
      const wasSet = await services.resetSecondFactor(accountOf(req.account), idOf(req));
      back(req, res, wasSet ? 'sans-second-facteur' : 'deja');
    },
  };
};
