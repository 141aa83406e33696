import type { Request, Response } from 'express';
import type { HolderAct } from '../../domain/referrals/holderActs.js';
import type { Project } from '../../domain/referrals/referral.js';
import type { Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { FollowedProject } from '../../services/followProject.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldModel } from '../fieldModel.js';
import type { FieldErrors } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';

/** The secret of the address. */
export const tokenOf = (req: Request): string => String(req.params['token']);

/** The language that the visitor chose; without a choice, that in which the project was sent. */
export const languageFor = (req: Request, { language }: Pick<Project, 'language'>): Language =>
  req.languageChosen ? req.language : language;

export interface OpenedPage {
  token: string;
  language: Language;
  followed: FollowedProject;
}

/**
 * Opens the project of the address for one of its small pages. Null, once answered: the data were erased, or the act makes no
 * sense any more and the follow-up page says where things stand.
 */
export const openOwnPage =
  ({ followProject }: Pick<Services, 'followProject'>, act: HolderAct | null) =>
  async (req: Request, res: Response): Promise<OpenedPage | null> => {
    const token = tokenOf(req);
    const followed = await followProject(token);
    if (!followed) {
      res.redirect(303, paths.erased());
      return null;
    }
    if (act && !followed.acts.includes(act)) {
      res.redirect(303, paths.followUp(token));
      return null;
    }
    return { token, language: languageFor(req, followed.project), followed };
  };

/** What a small page with a form shows: views/public/ownAct.ejs. */
export interface ActForm {
  title: string;
  /** What happens, said before the form. */
  paragraphs: string[];
  /** What will happen, as a list; for acts that cannot be undone. */
  consequences?: string[];
  action: string;
  button: string;
  isDanger?: boolean;
}

export const renderAct = async (
  res: Response,
  { token, language, followed }: OpenedPage,
  form: ActForm,
  { fields, errors = {} }: { fields: FieldModel[]; errors?: FieldErrors },
): Promise<void> => {
  const page: PageModel = {
    consequences: [],
    isDanger: false,
    ...form,
    back: paths.followUp(token),
    project: followed.project.facts.title,
    fields,
    errors: errorSummary(
      errors,
      fields.map(({ name }) => name),
    ),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  await renderPage(res, 'public/ownAct', page, { language, status });
};
