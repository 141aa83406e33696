import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'express';
import Joi from 'joi';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { journeyOf } from '../../domain/questionnaire/journey.js';
import { askedAnswers, toSubmission } from '../../domain/questionnaire/toSubmission.js';
import type { Flag } from '../../domain/referrals/referral.js';
import { inLanguage } from '../../domain/territory/language.js';
import { TooMany } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Sending } from '../../services/submitProject.js';
import type { Services } from '../../services.js';
import { addressOf, keepWithin, type LimitName } from '../middleware/limitRate.js';
import { parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<
  Services,
  'territory' | 'readDraft' | 'draftUnderWay' | 'submitProject' | 'findNearProject' | 'reopenReceipt' | 'limits'
>;

const TITLE = { fr: 'Relisez avant d’envoyer', en: 'Check before you send' };

/** The field that nobody sees: whoever fills it in is most often a robot. */
export const HONEYPOT = 'remarque';

/** Milliseconds that a refused sending leaves to its twin: the first click of a double click may have taken the last place. */
const LEFT_TO_TWIN = 700;

/** Whatever stands there is a sign; nothing in this form is ever wrong. */
const FORM = Joi.object<{ anyway: boolean; remarque: string | string[] }>({
  anyway: Joi.any().custom((value) => value === 'yes'),
  [HONEYPOT]: Joi.any().default(''),
});

const readSending = (body: unknown): { flags: Flag[]; anyway: boolean } => {
  const { values } = parseForm(FORM, body);
  return { flags: values?.remarque?.length ? ['honeypot'] : [], anyway: values?.anyway ?? false };
};

/** "Check your answers", then send. */
export const checkScreen = (services: Uses) => {
  const { territory, readDraft, draftUnderWay, submitProject, findNearProject, reopenReceipt, limits } = services;
  const missingIn = (answers: Answers) => journeyOf(answers, territory).missing;

  /** Only what makes a project counts: not the second click, nor the reload. */
  const sendOnce = async (req: Request, { submission, ...sending }: Omit<Sending, 'visitor'>) => {
    const uses: [LimitName, string][] = [
      ['submissions-from-address', addressOf(req)],
      ['submissions-of-email', submission.contact.email ?? ''],
    ];
    try {
      await keepWithin(limits, uses);
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      await setTimeout(LEFT_TO_TWIN);
      const sent = await reopenReceipt(req.visitor);
      if (sent) return sent;
      throw error;
    }
    const { token, isNew } = await submitProject({ visitor: req.visitor, submission, ...sending });
    if (!isNew) await Promise.all(uses.map(([name, key]) => limits.giveBack(name, key)));
    return token;
  };

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
      const title = inLanguage(req.language)(TITLE);
      const form = { action: paths.check(), honeypot: HONEYPOT };
      await renderPage(res, 'public/check', { title, rows, back: paths.step('contact'), ...form });
    },

    /** Sent twice (double click, reload, back then send), the second one finds an empty draft: the same receipt. */
    async submit(req: Request, res: Response): Promise<void> {
      const draft = await draftUnderWay(req.visitor);
      const answers = draft?.answers ?? {};
      const missing = missingIn(answers);
      if (missing) {
        const sent = Object.keys(answers).length === 0 ? await reopenReceipt(req.visitor) : null;
        return res.redirect(303, sent ? paths.receipt(sent) : paths.step(missing.slug));
      }
      const submission = toSubmission(answers, territory, req.language);
      const sending = readSending(req.body);
      const near = sending.anyway ? null : await findNearProject(req.visitor, submission);
      if (near) return res.redirect(303, paths.alreadySent());
      res.redirect(303, paths.receipt(await sendOnce(req, { submission, draft, ...sending })));
    },
  };
};
