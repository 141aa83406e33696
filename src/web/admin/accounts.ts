import type { Request, Response } from 'express';
import { ACCOUNT_STATES, type AccountState } from '../../domain/accounts/accountState.js';
import { ROLES } from '../../domain/referrals/access.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { AccountFilter } from '../../services/accounts/readAccounts.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { pageLinks, pageOf } from '../pageLinks.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { partnerInWords } from '../projectWords.js';
import { renderPage } from '../renderPage.js';
import { FIELD_ORDER, inviteFields, inviteForm, partnerChoices, ROLE_IDS } from './accountForm.js';
import { accountTag } from './accountTag.js';

type Uses = Pick<Services, 'invite' | 'listAccounts' | 'territory'>;

const ERASED = { tone: 'done', title: 'Le nom et l’adresse de cette personne sont effacés.' };

const STATES = Object.keys(ACCOUNT_STATES) as AccountState[];

const filterOf = ({ query }: Request): AccountFilter => ({
  words: String(query['q'] ?? '').slice(0, 100),
  role: ROLE_IDS.find((role) => role === query['role']) ?? null,
  partner: String(query['partenaire'] ?? '') || null,
  state: STATES.find((state) => state === query['etat']) ?? null,
  page: pageOf(query['page']),
});

const hrefOf = ({ words, role, partner, state }: AccountFilter, page: number): string => {
  const asked = { q: words, role, partenaire: partner, etat: state, page: page > 1 ? String(page) : null };
  const kept = Object.entries(asked).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return kept.length > 0 ? `${paths.accounts()}?${new URLSearchParams(kept)}` : paths.accounts();
};

const isFiltered = ({ words, role, partner, state }: AccountFilter): boolean =>
  words !== '' || role !== null || partner !== null || state !== null;

/** Who has an account: found by name, role, partner and state. */
export const accountsScreen = ({ listAccounts, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const filter = filterOf(req);
    const { accounts, total, page, pages } = await listAccounts(accountOf(req.account), filter);
    const choicesOf = (choices: { value: string; label: string }[], chosen: string | null) =>
      choices.map((choice) => ({ ...choice, isChosen: choice.value === chosen }));
    await renderPage(res, 'admin/accounts', {
      title: 'Comptes',
      notice: req.query['fait'] === 'efface' ? ERASED : null,
      q: filter.words,
      roles: choicesOf(
        ROLE_IDS.map((value) => ({ value, label: ROLES[value] })),
        filter.role,
      ),
      partners: choicesOf(partnerChoices(territory), filter.partner),
      states: choicesOf(
        STATES.map((value) => ({ value, label: ACCOUNT_STATES[value] })),
        filter.state,
      ),
      isFiltered: isFiltered(filter),
      count: total === 1 ? '1\u00a0compte' : `${total}\u00a0comptes`,
      rows: accounts.map((one) => ({
        href: paths.account(one.id),
        name: one.name,
        email: one.email,
        role: ROLES[one.role],
        partner: one.partner ? partnerInWords(one.partner, territory) : 'aucun',
        tag: accountTag(one),
        factor: one.hasSecondFactor ? 'en place' : 'pas en place',
      })),
      pages: pageLinks(page, pages, (number) => hrefOf(filter, number)),
    });
  },
});

/** Opening an account for somebody, who gets a link by e-mail. */
export const inviteScreen = ({ invite, territory }: Uses) => {
  const render = async (res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
    const model = {
      title: 'Inviter une personne',
      action: paths.inviteAccount(),
      back: paths.accounts(),
      fields: inviteFields(territory).map((field) => fieldModel(field, typed, errors)),
      errors: errorSummary(errors, FIELD_ORDER),
    };
    await renderPage(res, 'admin/inviteAccount', model, { status: model.errors.length > 0 ? 422 : 200 });
  };

  return {
    show: (_req: Request, res: Response): Promise<void> => render(res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(inviteForm(territory), req.body);
      if (form.errors) return render(res, form.typed, form.errors);
      const invited = await invite(accountOf(req.account), form.values).catch((error: unknown) => {
        if (error instanceof Conflict) return null;
        throw error;
      });
      const { email, name, role, partner } = form.values;
      const typed = { email, name, role, partner: partner ?? '' };
      if (!invited) return render(res, typed, { email: 'Cette adresse a déjà un compte.' });
      res.redirect(303, `${paths.account(invited.id)}?fait=invitation`);
    },
  };
};
