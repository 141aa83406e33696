import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { inLanguage } from '../../domain/territory/language.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { givenFields, prefilledAnswers } from './prefill.js';
import { standingOf } from './standing.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'saveDraft' | 'keepChannel' | 'startOver'>;

const TITLE = { fr: 'Vous avez commencé un questionnaire', en: 'You have started a questionnaire' };

const isNew = (given: Answers, answers: Answers): boolean =>
  Object.entries(given).some(([step, values]) => !isDeepStrictEqual(values, answers[step as keyof Answers]));

/** The door of the questionnaire: begins it, with the answers that the address gives, or offers to go on where it was left. */
export const startScreen = ({ territory, readDraft, saveDraft, keepChannel, startOver }: Uses) => {
  const begin = async (req: Request, given: Answers): Promise<string> => {
    if (Object.keys(given).length > 0) await saveDraft(req.visitor, given, req.language);
    return standingOf(given, territory, req.language).href;
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      if (req.channel) await keepChannel(req.visitor, req.channel, req.language);
      const answers = await readDraft(req.visitor);
      const given = prefilledAnswers(req.query, territory);
      const { isEmpty, href } = standingOf(answers, territory, req.language);
      if (isEmpty) return res.redirect(303, await begin(req, given));
      const fields = isNew(given, answers) ? givenFields(req.query) : [];
      await renderPage(res, 'public/resume', { title: inLanguage(req.language)(TITLE), href, fields });
    },

    /** Start again with nothing, or with what the address gave. */
    async submit(req: Request, res: Response): Promise<void> {
      await startOver(req.visitor);
      res.redirect(303, await begin(req, prefilledAnswers(req.body ?? {}, territory)));
    },
  };
};
