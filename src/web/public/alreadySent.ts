import type { Request, Response } from 'express';
import { journeyOf } from '../../domain/questionnaire/journey.js';
import type { Submission } from '../../domain/questionnaire/submission.js';
import { toSubmission } from '../../domain/questionnaire/toSubmission.js';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'findNearProject' | 'openNearProject'>;

const TITLE = {
  fr: 'Vous avez déjà envoyé un projet très proche',
  en: 'You have already sent a project very much like this one',
};

/**
 * In place of a second project: the link of the first one by e-mail, or its page at once in the browser that sent it; or
 * to send all the same. Shows nothing of the first one: who types somebody's e-mail learns nothing.
 */
export const alreadySentScreen = ({ territory, readDraft, findNearProject, openNearProject }: Uses) => {
  const readyToSend = async (req: Request): Promise<Submission | null> => {
    const answers = await readDraft(req.visitor);
    return journeyOf(answers, territory).missing ? null : toSubmission(answers, territory, req.language);
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const submission = await readyToSend(req);
      const near = submission && (await findNearProject(req.visitor, submission));
      if (!submission || !near) return res.redirect(303, paths.check());
      const title = inLanguage(req.language)(TITLE);
      const { email } = submission.contact;
      await renderPage(res, 'public/alreadySent', { title, email, isOwn: near.isOwn, back: paths.check() });
    },

    /** Opens the follow-up page of the project that this browser sent. */
    async submit(req: Request, res: Response): Promise<void> {
      const submission = await readyToSend(req);
      const token = submission && (await openNearProject(req.visitor, submission));
      res.redirect(303, token ? paths.followUp(token) : paths.check());
    },
  };
};
