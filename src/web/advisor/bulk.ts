import type { Request, Response } from 'express';
import { REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import { paths } from '../../paths.js';
import type { Chosen, ManyActName } from '../../services/actOnMany.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import type { FieldErrors } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { keepDone } from './bulkDone.js';
import { isPossible, MANY_FORMS, nameOf, readChosen } from './bulkForms.js';
import { backToQueue } from './queueReturn.js';

interface Asked {
  act: ManyActName;
  chosen: Chosen[];
}

type Needs = Pick<Services, 'actOnMany' | 'readColleagues' | 'readMany'>;

const countInWords = (count: number): string => (count === 1 ? '1 projet choisi' : `${count} projets choisis`);

/** The page that lists what was chosen and asks what the act needs. */
const askPage = async (
  services: Needs,
  req: Request,
  { act, chosen }: Asked,
  { typed = {}, errors = {} }: { typed?: Record<string, unknown>; errors?: FieldErrors } = {},
): Promise<PageModel> => {
  const reader = accountOf(req.account);
  const form = MANY_FORMS[act];
  const ids = chosen.map(({ id }) => id);
  const referrals = await services.readMany(reader, ids);
  const team = act === 'transfer' && reader.partner ? await services.readColleagues(reader.partner) : [];
  const fields = form.fields(team);
  const isReady = referrals.some((referral) => isPossible(act, referral));
  return {
    title: form.title,
    help: form.help,
    button: form.button,
    act,
    back: backToQueue(req),
    action: paths.bulkAct(),
    count: countInWords(referrals.length),
    rows: referrals.map((referral) => ({
      title: nameOf(referral),
      href: paths.referral(referral.id),
      not: isPossible(act, referral) ? null : `Pas possible : ${REFERRAL_STATES[referral.state].label.toLowerCase()}.`,
    })),
    chosen: chosen.map(({ id, version }) => `${id}.${version}`),
    isReady,
    fields: isReady ? fields.map((field) => fieldModel(field, typed, errors)) : [],
    errors: errorSummary(
      errors,
      fields.map(({ name }) => name),
    ),
  };
};

const nothingPage = (req: Request, errors: FieldErrors): PageModel => ({
  title: 'Agir sur plusieurs projets',
  sentences: Object.values(errors),
  back: backToQueue(req),
});

/** Acting on the projects chosen in the queue: first asked, then done one by one, with a line for each. */
export const bulkScreen = (services: Needs) => ({
  /** What the queue sends: shows it, changes nothing. */
  async ask(req: Request, res: Response): Promise<void> {
    const { errors, ...asked } = readChosen(req.body);
    if (Object.keys(errors).length > 0)
      return renderPage(res, 'advisor/bulkNothing', nothingPage(req, errors), { status: 422 });
    await renderPage(res, 'advisor/bulk', await askPage(services, req, asked));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const { errors, ...asked } = readChosen(req.body);
    if (Object.keys(errors).length > 0)
      return renderPage(res, 'advisor/bulkNothing', nothingPage(req, errors), { status: 422 });
    const form = MANY_FORMS[asked.act].read(req.body);
    if (form.errors) return renderPage(res, 'advisor/bulk', await askPage(services, req, asked, form), { status: 422 });
    const lines = await services.actOnMany(accountOf(req.account), asked.chosen, form.values);
    await keepDone(req, { act: asked.act, lines });
    res.redirect(303, paths.bulkDone());
  },

  /** Whoever reloads after signing in again comes without a choice. */
  back(req: Request, res: Response): void {
    res.redirect(303, backToQueue(req));
  },
});
