import type { Request, Response } from 'express';
import { renderPage } from '../renderPage.js';
import { backToQueue } from './queueReturn.js';

/** The keys of public/js/queue.js: few, and each does what a link of the page does. */
const SHORTCUTS = [
  { keys: ['j'], does: 'Projet suivant de la liste' },
  { keys: ['k'], does: 'Projet précédent' },
  { keys: ['Entrée'], does: 'Ouvrir le projet' },
  { keys: ['t'], does: 'Prendre le projet en charge' },
  { keys: ['x'], does: 'Choisir le projet, ou ne plus le choisir' },
  { keys: ['/'], does: 'Chercher' },
  { keys: ['g', 'p'], does: 'Revenir aux projets à prendre (l’une puis l’autre)' },
  { keys: ['?'], does: 'Cette liste' },
];

/** The keyboard shortcuts of the queue, and where they are switched off. */
export const shortcutsScreen = () => ({
  async show(req: Request, res: Response): Promise<void> {
    const model = { title: 'Raccourcis au clavier', scripts: ['queue'], shortcuts: SHORTCUTS, back: backToQueue(req) };
    await renderPage(res, 'advisor/shortcuts', model);
  },
});
