import type { Request, Response } from 'express';
import Joi from 'joi';
import type { StepContext } from '../../domain/questionnaire/step.js';
import { contact } from '../../domain/questionnaire/steps/contact.js';
import type { Contact } from '../../domain/questionnaire/submission.js';
import { inLanguage } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'correctContact' | 'followProject' | 'territory'>;

const contextOf = ({ language, followed }: OpenedPage, territory: Territory): StepContext => ({
  answers: {},
  language,
  territory,
  // Whoever has no address still needs none.
  atCounter: followed.project.contact.email === null,
});

/** The questions of the contact step, with the same rules; the agreement was given once. */
const fieldsIn = (page: OpenedPage, territory: Territory) =>
  contact.fields(contextOf(page, territory)).filter(({ name }) => name !== 'consent');

const schemaIn = (page: OpenedPage, territory: Territory): Joi.ObjectSchema<Contact> => {
  const keys = fieldsIn(page, territory).map(({ name, schema }) => [name, schema]);
  const context = contextOf(page, territory);
  const schema = Joi.object<Contact>(Object.fromEntries(keys));
  return schema.custom(contact.together?.(context) ?? ((value) => value)).messages(contact.messages?.(context) ?? {});
};

/** Correcting how to reach the holder. */
export const contactScreen = (services: Uses) => {
  const render = (res: Response, page: OpenedPage, values: object, errors: FieldErrors = {}): Promise<void> => {
    const { language, token } = page;
    const say = inLanguage(language);
    const fields = fieldsIn(page, services.territory).map((field) =>
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
      const form = parseForm(schemaIn(page, services.territory), req.body, { language });
      if (form.errors) return render(res, page, form.typed, form.errors);
      const { name, email, phone, when } = form.values;
      await services.correctContact(token, { name, email, phone, when });
      res.redirect(303, afterwards(paths.followUp(token), 'coordonnees'));
    },
  };
};
