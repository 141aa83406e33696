import type { Request, Response } from 'express';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { journeyOf } from '../../domain/questionnaire/journey.js';
import { askedAnswers, toSubmission } from '../../domain/questionnaire/toSubmission.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'submitProject' | 'reopenReceipt'>;

/** "Check your answers", then send. */
export const checkScreen = ({ territory, readDraft, submitProject, reopenReceipt }: Uses) => {
  const missingIn = (answers: Answers) => journeyOf(answers, territory).missing;

  return {
    async show(req: Request, res: Response): Promise<void> {
      const answers = await readDraft(req.visitor);
      const missing = missingIn(answers);
      if (missing) return res.redirect(303, paths.step(missing.slug));
      const rows = askedAnswers(answers, territory, req.language).map(({ step, question, answer }) => ({
        question,
        answer,
        change: { href: paths.change(step) },
      }));
      const back = paths.step('contact');
      await renderPage(res, 'public/check', { title: 'Relisez avant d’envoyer', rows, back, action: paths.check() });
    },

    /** Sent twice (double click, reload, back then send), the second one finds an empty draft: the same receipt. */
    async submit(req: Request, res: Response): Promise<void> {
      const answers = await readDraft(req.visitor);
      const missing = missingIn(answers);
      if (missing) {
        const sent = Object.keys(answers).length === 0 ? await reopenReceipt(req.visitor) : null;
        return res.redirect(303, sent ? paths.receipt(sent) : paths.step(missing.slug));
      }
      const submission = toSubmission(answers, territory, req.language);
      const { token } = await submitProject({ visitor: req.visitor, submission });
      res.redirect(303, paths.receipt(token));
    },
  };
};
