import type { Request, Response } from 'express';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { ResumeLink } from '../../services/resume.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { standingOf } from './standing.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'readResumeLink' | 'resumeDraft'>;

const TITLES = {
  open: { fr: 'Reprenez votre questionnaire', en: 'Go on with your questionnaire' },
  sent: { fr: 'Ce questionnaire est déjà envoyé', en: 'This questionnaire has already been sent' },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  unknown: { fr: 'Ce lien n’ouvre aucun questionnaire', en: 'This link does not open any questionnaire' },
} as const satisfies Record<ResumeLink['state'], object>;

/** A link that never was is not found; one that was is gone. */
const STATUS = { sent: 410, expired: 410, unknown: 404 } as const;

/** The page behind a link to resume. Opening it changes nothing; its button takes the questionnaire to this device. */
export const resumeScreen = ({ territory, readDraft, readResumeLink, resumeDraft }: Uses) => {
  const tokenOf = (req: Request): string => String(req.params['token']);

  const show = async (req: Request, res: Response): Promise<void> => {
    const link = await readResumeLink(tokenOf(req), req.visitor);
    const title = inLanguage(req.language)(TITLES[link.state]);
    if (link.state !== 'open') {
      const model = { title, state: link.state };
      return renderPage(res, 'public/resumeClosed', model, { status: STATUS[link.state] });
    }
    const standing = (answers: object) => standingOf(answers as Answers, territory, req.language);
    await renderPage(res, 'public/resumeLink', {
      title,
      action: paths.resume(tokenOf(req)),
      next: standing(link.draft.answers).next,
      own: link.own && standing(link.own.answers),
    });
  };

  return {
    show,

    async submit(req: Request, res: Response): Promise<void> {
      if (!(await resumeDraft(tokenOf(req), req.visitor))) return show(req, res);
      res.redirect(303, standingOf(await readDraft(req.visitor), territory, req.language).href);
    },
  };
};
