import type { Request, Response } from 'express';
import type Joi from 'joi';
import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import type { AdvisorAct } from '../../domain/referrals/lifecycle.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Seen } from '../../services/act.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { draftAddress, formAddress } from './formAddress.js';
import { keptValues } from './noteDraft.js';
import { openAct } from './openAct.js';

/** What the page of an act says, and asks. */
export interface ActPage {
  title: string;
  help: string;
  button: string;
  fields: FieldWording[];
  isDanger?: boolean;
  /** What to choose or to write to begin with, when nothing is typed yet. */
  begin?: Record<string, unknown>;
  /** What the address answers beforehand: also above a draft. */
  asked?: Record<string, unknown>;
  /** Texts to begin with, each at an address of its own; JavaScript puts them in when the choice `value` is ticked. */
  proposals?: { value: string; label: string; href: string; words: string }[];
}

/** One act as a screen. `V`: what its form gives. */
export interface ActForm<V> {
  act: AdvisorAct;
  /** Code in the address of the sheet afterwards (sheetNotices.ts). */
  done: string;
  /** `now` is in its context. */
  schema: Joi.ObjectSchema<V & { version: number }>;
  page: (sheet: ReferralSheet, req: Request) => ActPage | Promise<ActPage>;
  send: (seen: Seen, values: V & { version: number }, sheet: () => Promise<ReferralSheet>) => Promise<unknown>;
  /** Reads what the person meant, before it is judged. */
  heard?: (body: Typed) => Typed;
  /** Where its form posts, when it is not the address of the act. */
  action?: (id: string) => string;
}

type Needs = Pick<Services, 'clock' | 'readReferral' | 'readNoteDrafts' | 'saveNoteDraft' | 'dropNoteDraft'>;

interface Filled {
  typed?: Typed;
  errors?: FieldErrors;
  /** When what is typed was kept. */
  keptAt?: Date | null;
}

const pageModel = (
  { referral, project }: ReferralSheet,
  { act, action }: Pick<ActForm<unknown>, 'act' | 'action'>,
  page: ActPage,
  { typed, errors = {}, keptAt = null }: Filled,
): PageModel => ({
  title: page.title,
  scripts: ['drafts'],
  help: page.help,
  button: page.button,
  isDanger: page.isDanger ?? false,
  proposals: page.proposals ?? [],
  action: (action ?? ((id: string) => formAddress(act, id)))(referral.id),
  back: paths.referral(referral.id),
  project: titleOf(project),
  version: String(typed?.['version'] ?? referral.version),
  draft: page.fields.length > 0 ? draftAddress(act, referral.id) : null,
  kept: keptAt ? `Votre brouillon du ${dayInWords(keptAt)}, ${timeInWords(keptAt)}, est repris.` : null,
  fields: page.fields.map((field) => fieldModel(field, { ...(typed ?? page.begin), ...page.asked }, errors)),
  errors: errorSummary(
    errors,
    page.fields.map(({ name }) => name),
  ),
});

/**
 * The screen of an act: shows its form with what was kept of it, sends it, says what must be put right with the values kept.
 * What was typed is never lost: whoever comes too late finds it again as a draft.
 */
export const actScreen = <V>(services: Needs, form: ActForm<V>) => {
  const { act } = form;
  const open = openAct(services, act);
  const render = async (req: Request, res: Response, filled: Filled, status = 200): Promise<void> => {
    const sheet = await open(req);
    const page = await form.page(sheet, req);
    await renderPage(res, 'advisor/act', pageModel(sheet, form, page, filled), { status });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const drafts = await services.readNoteDrafts(accountOf(req.account), String(req.params['id']));
      const draft = drafts.find((one) => one.form === act);
      await render(req, res, draft ? { typed: draft.values, keptAt: draft.updatedAt } : {});
    },

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const id = String(req.params['id']);
      const typed = keptValues(req.body);
      const body = { ...(form.heard?.(typed) ?? typed), version: req.body?.version };
      const parsed = parseForm(form.schema, body, { context: { now: services.clock() } });
      if (parsed.errors) return render(req, res, { typed: { ...parsed.typed }, errors: parsed.errors }, 422);
      const { version } = parsed.values;
      await form
        // As it is now, whatever its state: the service knows an act that was done and is sent again.
        .send({ id, version, by }, parsed.values, () => services.readReferral(by, id))
        .catch(async (error: unknown) => {
          if (error instanceof Conflict) await services.saveNoteDraft(by, { referral: id, form: act, values: typed });
          throw error;
        });
      await services.dropNoteDraft(by, id, act);
      res.redirect(303, `${paths.referral(id)}?fait=${form.done}`);
    },
  };
};
