import type { Request, Response } from 'express';
import Joi from 'joi';
import { momentInWords } from '../../domain/calendar/words.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { actPage, openAct, VERSION } from './openAct.js';

const FORM = Joi.object<{ version: number }>({ version: VERSION });

const takePage = (sheet: ReferralSheet) => {
  const { referral, project } = sheet;
  const form = {
    title: 'Prendre ce projet en charge',
    help: `Vous vous engagez à contacter ${project.contact.name} avant ${momentInWords(referral.callBy)}. La personne en est informée par e-mail.`,
    action: paths.take(referral.id),
    button: 'Prendre en charge',
  };
  return actPage(sheet, form, { fields: [] });
};

/** Taking a project in hand: one button on the sheet, or on its own page for whoever comes from an e-mail. */
export const takeScreen = (services: Pick<Services, 'readReferral' | 'takeReferral'>) => {
  const open = openAct(services, 'take');
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'advisor/act', takePage(await open(req)));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, req.body);
      if (form.errors) return renderPage(res, 'advisor/act', takePage(await open(req)), { status: 422 });
      await services.takeReferral({ id, version: form.values.version, by: accountOf(req.account) });
      res.redirect(303, `${paths.referral(id)}?fait=prise-en-charge`);
    },
  };
};
