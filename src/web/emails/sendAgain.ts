import type { Request, Response } from 'express';
import Joi from 'joi';
import { Invalid } from '../../errors.js';
import { paths } from '../../paths.js';
import type { SendAgain } from '../../services/sendAgain.js';
import type { Services } from '../../services.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { emailState } from './emailWords.js';
import { labelOf, toWhom } from './projectEmails.js';

const FORM = Joi.object<{ fois: string }>({ fois: Joi.string().max(64).required() });

const sheetOf = ({ project, ownReferral }: { project: string; ownReferral: string | null }): string =>
  ownReferral ? paths.referral(ownReferral) : paths.projectSheet(project);

const pageModel = (again: SendAgain, { clock, territory }: Pick<Services, 'clock' | 'territory'>) => {
  const { delivery, project, partner, ownReferral, time } = again;
  return {
    title: 'Envoyer ce message à nouveau',
    back: sheetOf({ project: project.id, ownReferral }),
    action: paths.sendAgain(delivery.id),
    project: titleOf(project),
    label: labelOf(delivery),
    to: toWhom(delivery, partner, territory),
    state: emailState(delivery, clock()),
    time,
  };
};

/** An e-mail of a project, once more: what leaves to whom, and a button. Opening the page changes nothing. */
export const sendAgainScreen = (services: Pick<Services, 'clock' | 'readSendAgain' | 'sendAgain' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const again = await services.readSendAgain(accountOf(req.account), String(req.params['id']));
    await renderPage(res, 'admin/sendAgain', pageModel(again, services));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const form = parseForm(FORM, req.body);
    if (form.errors) throw new Invalid('Revenez au projet, et choisissez à nouveau le message à envoyer.');
    const where = await services.sendAgain(accountOf(req.account), String(req.params['id']), form.values.fois);
    res.redirect(303, `${sheetOf(where)}?fait=renvoi`);
  },
});
