import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { choicesOf, printChoices, queueHref } from './queueAddress.js';

type Uses = Pick<Services, 'listViews' | 'saveView' | 'removeView'>;

const LONGEST_NAME = 40;
const NAME = 'Donnez un nom à cette vue.';

const SAVE = Joi.object<{ name: string; query: string }>({
  name: Joi.string()
    .trim()
    .max(LONGEST_NAME)
    .required()
    .messages({ 'string.max': `Donnez un nom de ${LONGEST_NAME} caractères au plus.`, '*': NAME }),
  query: Joi.string().allow('').max(1000).default(''),
});

const REMOVE = Joi.object<{ supprimer: string }>({ supprimer: Joi.string().max(64).required() });

/** Only what the queue understands is kept: a view never leads anywhere else. */
const tidy = (query: string) => choicesOf(Object.fromEntries(new URLSearchParams(query)));

/** The views of the queue that the reader has saved: used from the queue, saved there, taken away here. */
export const savedViewsScreen = ({ listViews, saveView, removeView }: Uses) => {
  const render = async (req: Request, res: Response, error?: string): Promise<void> => {
    const views = await listViews(accountOf(req.account));
    const model = {
      title: 'Vues enregistrées',
      views: views.map(({ id, name, query }) => ({ id, name, href: queueHref(tidy(query)) })),
      error: error ?? null,
    };
    await renderPage(res, 'advisor/savedViews', model, { status: error ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const removed = parseForm(REMOVE, req.body).values;
      if (removed) {
        await removeView(by, removed.supprimer);
        return res.redirect(303, paths.savedViews());
      }
      const form = parseForm(SAVE, req.body);
      if (form.errors) return render(req, res, Object.values(form.errors)[0]);
      const choices = tidy(form.values.query);
      await saveView(by, { name: form.values.name, query: printChoices(choices) });
      res.redirect(303, queueHref(choices));
    },
  };
};
