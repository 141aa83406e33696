import type { Request, Response } from 'express';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { type Journey, journeyOf, mayVisit, nextStep } from '../../domain/questionnaire/journey.js';
import { type Step, schemaOf } from '../../domain/questionnaire/step.js';
import { stepOf } from '../../domain/questionnaire/steps/index.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { stepPage } from './stepPage.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'saveDraft'>;

const addressOf = (step: Step | null): string => (step ? paths.step(step.slug) : paths.check());

/** A reopened question keeps the way back to "check your answers". */
const addressAfter = (journey: Journey, step: Step, changing: boolean): string => {
  const next = nextStep(journey, step.slug);
  return changing && next ? paths.change(next.slug) : addressOf(next);
};

const stepAt = (req: Request): Step => {
  const step = stepOf(String(req.params['slug']));
  if (!step) throw new NotFound();
  return step;
};

/** Every step of the questionnaire: its fields, its rules and its words come from the step itself. */
export const stepScreen = ({ territory, readDraft, saveDraft }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const step = stepAt(req);
    const answers = await readDraft(req.visitor);
    const journey = journeyOf(answers, territory);
    if (!mayVisit(journey, step.slug)) return res.redirect(303, addressOf(journey.missing));
    const values = { ...answers[step.slug] };
    const context = { answers, territory, language: req.language };
    const changing = req.query['modifier'] === '1';
    await renderPage(res, 'public/step', stepPage(step, { journey, context, values, errors: {}, changing }));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const step = stepAt(req);
    const answers = await readDraft(req.visitor);
    const journey = journeyOf(answers, territory);
    if (!mayVisit(journey, step.slug)) return res.redirect(303, addressOf(journey.missing));
    const context = { answers, territory, language: req.language };
    const changing = req.query['modifier'] === '1';
    const form = parseForm(schemaOf(step, context), req.body, { language: req.language });
    if (form.errors) {
      const model = stepPage(step, { journey, context, values: form.typed, errors: form.errors, changing });
      return renderPage(res, 'public/step', model, { status: 422 });
    }
    const answer: Answers = { [step.slug]: form.values };
    await saveDraft(req.visitor, answer, req.language);
    res.redirect(303, addressAfter(journeyOf({ ...answers, ...answer }, territory), step, changing));
  },
});
