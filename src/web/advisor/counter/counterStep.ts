import type { Request, Response } from 'express';
import type { Answers } from '../../../domain/questionnaire/answers.js';
import { journeyOf } from '../../../domain/questionnaire/journey.js';
import { type Step, schemaOf } from '../../../domain/questionnaire/step.js';
import type { ConsentWay } from '../../../domain/referrals/referral.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { NotFound } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { Entry } from '../../../services/counter/counterDrafts.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { CONSENT_FORM } from './consentField.js';
import { addressToGoOn, type CounterPage, counterPage, mayOpen, stepsAsked } from './counterPages.js';
import { contextOf, counterStepPage } from './counterStepPage.js';

type Uses = Pick<Services, 'readEntry' | 'saveEntry' | 'territory'>;

interface Heard {
  /** Of the steps whose answer holds. */
  steps: Answers;
  how: ConsentWay | null;
  errors: FieldErrors;
  typed: Typed;
}

/** Steps of which half an answer is kept when the person hangs up: nothing else reads it before it is whole. */
const KEPT_AS_TYPED = ['projet', 'contact'];

const typedOf = (step: Step, context: ReturnType<typeof contextOf>, typed: Typed): Answers =>
  Object.fromEntries([[step.slug, Object.fromEntries(step.fields(context).map(({ name }) => [name, typed[name]]))]]);

/** Judges the steps of a page one after the other, each beside the answers before it. */
const hear = (page: CounterPage, entry: Entry, body: unknown, territory: Territory, isPause: boolean): Heard => {
  const heard: Heard = { steps: {}, how: null, errors: {}, typed: {} };
  let answers = entry.answers;
  for (const step of stepsAsked(page, answers, territory)) {
    const context = contextOf(answers, territory);
    const { values, errors, typed } = parseForm(schemaOf(step, context), body);
    if (errors) Object.assign(heard, { errors: { ...heard.errors, ...errors }, typed });
    const isKept = isPause && KEPT_AS_TYPED.includes(step.slug);
    const answer: Answers = errors ? (isKept ? typedOf(step, context, typed) : {}) : { [step.slug]: values };
    Object.assign(heard.steps, answer);
    answers = { ...answers, ...answer };
  }
  if (!page.steps.includes('contact')) return heard;
  const form = parseForm(CONSENT_FORM, body);
  if (form.errors) return { ...heard, errors: { ...heard.errors, ...form.errors }, typed: form.typed };
  return { ...heard, how: form.values.how };
};

/** The questionnaire, several steps a page, typed while somebody speaks. */
export const counterStepScreen = ({ readEntry, saveEntry, territory }: Uses) => {
  const open = async (req: Request): Promise<{ page: CounterPage; entry: Entry }> => {
    const page = counterPage(String(req.params['page']));
    if (!page) throw new NotFound();
    return { page, entry: await readEntry(accountOf(req.account), String(req.params['id'])) };
  };
  const journey = (answers: Answers) => journeyOf(answers, territory, { atCounter: true });

  return {
    async show(req: Request, res: Response): Promise<void> {
      const { page, entry } = await open(req);
      if (entry.project) return res.redirect(303, paths.counterReceipt(entry.project));
      const here = journey(entry.answers);
      if (!mayOpen(page, here)) return res.redirect(303, addressToGoOn(entry.id, here));
      await renderPage(res, 'advisor/counterStep', counterStepPage(page, entry, { territory }));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const { page, entry } = await open(req);
      if (entry.project) return res.redirect(303, paths.counterReceipt(entry.project));
      const isPause = (req.body as { pause?: unknown } | undefined)?.pause === '1';
      const { steps, how, errors, typed } = hear(page, entry, req.body, territory, isPause);
      await saveEntry(accountOf(req.account), entry.id, steps, how);
      if (isPause) return res.redirect(303, paths.counter());
      if (Object.keys(errors).length > 0) {
        const model = counterStepPage(page, entry, { territory, typed, errors });
        return renderPage(res, 'advisor/counterStep', model, { status: 422 });
      }
      res.redirect(303, addressToGoOn(entry.id, journey({ ...entry.answers, ...steps })));
    },
  };
};
