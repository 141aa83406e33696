import type { Request, Response } from 'express';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { type Journey, journeyOf, mayVisit, nextStep } from '../../domain/questionnaire/journey.js';
import { type Step, type StepContext, schemaOf } from '../../domain/questionnaire/step.js';
import { stepOf } from '../../domain/questionnaire/steps/index.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { stepPage } from './stepPage.js';

interface WrongForm {
  typed: Typed;
  errors: FieldErrors;
}

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

const isChanging = (req: Request): boolean => req.query['modifier'] === '1';

/** Every step of the questionnaire: its fields, its rules and its words come from the step itself. */
export const stepScreen = ({ territory, readDraft, saveDraft }: Uses) => {
  const contextOf = ({ language }: Request, answers: Answers): StepContext => ({ answers, territory, language });

  /** As it was answered, or as it must be put right; leads to the first one missing while its turn has not come. */
  const showStep = async (req: Request, res: Response, step: Step, wrong?: WrongForm): Promise<void> => {
    const answers = await readDraft(req.visitor);
    const journey = journeyOf(answers, territory);
    if (!mayVisit(journey, step.slug)) return res.redirect(303, addressOf(journey.missing));
    const { typed: values, errors } = wrong ?? { typed: { ...answers[step.slug] }, errors: {} };
    const shown = { journey, context: contextOf(req, answers), values, errors, changing: isChanging(req) };
    await renderPage(res, 'public/step', stepPage(step, shown), { status: wrong ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => showStep(req, res, stepAt(req)),

    async submit(req: Request, res: Response): Promise<void> {
      const step = stepAt(req);
      const before = step.onlyInTurn ? await readDraft(req.visitor) : {};
      if (step.onlyInTurn && !mayVisit(journeyOf(before, territory), step.slug)) return showStep(req, res, step);
      const form = parseForm(schemaOf(step, contextOf(req, before)), req.body, { language: req.language });
      if (form.errors) return showStep(req, res, step, form);
      const answers = await saveDraft(req.visitor, { [step.slug]: form.values }, req.language);
      const journey = journeyOf(answers, territory);
      const isItsTurn = mayVisit(journey, step.slug);
      res.redirect(303, isItsTurn ? addressAfter(journey, step, isChanging(req)) : addressOf(journey.missing));
    },
  };
};
