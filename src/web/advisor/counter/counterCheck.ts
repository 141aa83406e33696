import type { Request, Response } from 'express';
import { journeyOf } from '../../../domain/questionnaire/journey.js';
import { paths } from '../../../paths.js';
import type { Entry } from '../../../services/counter/counterDrafts.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { counterCheckPage } from './counterCheckPage.js';
import { addressToGoOn, pageOfStep } from './counterPages.js';
import { type Instead, insteadForm } from './decideForm.js';

type Uses = Pick<Services, 'readEntry' | 'previewEntry' | 'enterProject' | 'territory'>;

const decidedIn = (body: unknown): string => {
  const { decided } = (body ?? {}) as { decided?: unknown };
  return typeof decided === 'string' ? decided : '';
};

/** "Check before sending": shows where the project goes and why; then it goes there, or where the person decides. */
export const counterCheckScreen = ({ readEntry, previewEntry, enterProject, territory }: Uses) => {
  /** Where an entry that is not ready, or sent, is to be seen; null when it may be decided here. */
  const elsewhere = ({ id, answers, project, consent }: Entry): string | null => {
    if (project) return paths.counterReceipt(project);
    const journey = journeyOf(answers, territory, { atCounter: true });
    if (journey.missing) return addressToGoOn(id, journey);
    return consent ? null : paths.counterStep(id, pageOfStep('contact').slug);
  };

  const show = async (
    req: Request,
    res: Response,
    wrong: { typed: Typed; errors: FieldErrors } | null = null,
  ): Promise<void> => {
    const by = accountOf(req.account);
    const entry = await readEntry(by, String(req.params['id']));
    const address = elsewhere(entry);
    if (address) return res.redirect(303, address);
    const preview = await previewEntry(by, entry);
    const model = counterCheckPage({ by, entry, preview, territory, ...wrong });
    await renderPage(res, 'advisor/counterCheck', model, { status: wrong ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => show(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const id = String(req.params['id']);
      const address = elsewhere(await readEntry(by, id));
      if (address) return res.redirect(303, address);
      let instead: Instead | null = null;
      if (req.query['choix'] === 'autre') {
        const form = parseForm(insteadForm(by.role === 'manager'), req.body);
        if (form.errors) return show(req, res, form);
        instead = form.values;
      }
      const { id: project } = await enterProject(by, id, { decided: decidedIn(req.body), instead });
      res.redirect(303, `${paths.counterReceipt(project)}?fait=envoi`);
    },
  };
};
