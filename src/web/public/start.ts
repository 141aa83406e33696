import type { Request, Response } from 'express';
import { journeyOf } from '../../domain/questionnaire/journey.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'territory' | 'readDraft' | 'startOver'>;

/** The door of the questionnaire: begins it, or offers to go on where it was left. */
export const startScreen = ({ territory, readDraft, startOver }: Uses) => {
  const whereToGo = async (visitor: string) => {
    const journey = journeyOf(await readDraft(visitor), territory);
    return { begun: journey.completed.size, href: journey.missing ? paths.step(journey.missing.slug) : paths.check() };
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const { begun, href } = await whereToGo(req.visitor);
      if (begun === 0) return res.redirect(303, href);
      await renderPage(res, 'public/resume', { title: 'Vous avez commencé un questionnaire', href });
    },

    /** Start again with nothing. */
    async submit(req: Request, res: Response): Promise<void> {
      await startOver(req.visitor);
      res.redirect(303, paths.start());
    },

    async showLater(req: Request, res: Response): Promise<void> {
      const { begun, href } = await whereToGo(req.visitor);
      const title = begun === 0 ? 'Vous n’avez encore rien enregistré' : 'Vos réponses sont gardées';
      await renderPage(res, 'public/later', { title, isEmpty: begun === 0, href });
    },
  };
};
