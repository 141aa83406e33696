import type { Request, Response } from 'express';
import Joi from 'joi';
import { contact } from '../../domain/questionnaire/steps/contact.js';
import type { Contact } from '../../domain/questionnaire/submission.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'correctContact' | 'followProject' | 'territory'>;

/** The questions of the contact step, with the same rules; the agreement was given once. */
const fieldsIn = (language: Language, territory: Territory) =>
  contact.fields({ answers: {}, language, territory }).filter(({ name }) => name !== 'consent');

/** Correcting how to reach the holder. */
export const contactScreen = (services: Uses) => {
  const render = (res: Response, page: OpenedPage, values: object, errors: FieldErrors = {}): Promise<void> => {
    const { language, token } = page;
    const say = inLanguage(language);
    const fields = fieldsIn(language, services.territory).map((field) =>
      fieldModel(field, values as Record<string, unknown>, errors, { language }),
    );
    const form = {
      title: say({ fr: 'Corriger vos coordonnées', en: 'Correct your contact details' }),
      paragraphs: [
        say({
          fr: 'Nos prochains e-mails partiront à l’adresse que vous écrivez ici.',
          en: 'Our next e-mails will go to the address that you write here.',
        }),
      ],
      action: paths.correctContact(token),
      button: say({ fr: 'Enregistrer', en: 'Save' }),
    };
    return renderAct(res, page, form, { fields, errors });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const page = await openOwnPage(services, 'correctContact')(req, res);
      if (page) await render(res, page, page.followed.project.contact);
    },

    async submit(req: Request, res: Response): Promise<void> {
      const page = await openOwnPage(services, null)(req, res);
      if (!page) return;
      const { language, token } = page;
      const keys = fieldsIn(language, services.territory).map(({ name, schema }) => [name, schema]);
      const form = parseForm(Joi.object<Contact>(Object.fromEntries(keys)), req.body, { language });
      if (form.errors) return render(res, page, form.typed, form.errors);
      const { name, email, phone, when } = form.values;
      await services.correctContact(token, { name, email, phone, when });
      res.redirect(303, afterwards(paths.followUp(token), 'coordonnees'));
    },
  };
};
