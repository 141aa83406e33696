import type { Request, Response } from 'express';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { openOwnPage, renderAct, tokenOf } from './ownProjectPage.js';

type Uses = Pick<Services, 'eraseProject' | 'followProject'>;

/** Having everything personal erased: asked once, done at once. */
export const eraseScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    const say = inLanguage(page.language);
    const form = {
      title: say({ fr: 'Faire effacer vos données', en: 'Have your data erased' }),
      paragraphs: [say({ fr: 'Si vous faites effacer vos données :', en: 'If you have your data erased:' })],
      consequences: [
        say({
          fr: 'votre nom, vos coordonnées, vos réponses et vos messages sont effacés tout de suite ;',
          en: 'your name, your contact details, your answers and your messages are erased at once;',
        }),
        say({
          fr: 'votre projet est retiré et cette page n’existe plus ;',
          en: 'your project is withdrawn and this page no longer exists;',
        }),
        say({
          fr: 'nous gardons des chiffres sans nom, comme la commune et le besoin ;',
          en: 'we keep figures without any name, such as the town and the need;',
        }),
        say({
          fr: 'nous vous envoyons un dernier e-mail, et personne ne peut revenir en arrière.',
          en: 'we send you one last e-mail, and nobody can undo this.',
        }),
      ],
      action: paths.erase(page.token),
      button: say({ fr: 'Effacer mes données', en: 'Erase my data' }),
      isDanger: true,
    };
    await renderAct(res, page, form, { fields: [] });
  },

  /** A second click finds nothing to erase: the same calm page. */
  async submit(req: Request, res: Response): Promise<void> {
    await services.eraseProject(tokenOf(req));
    res.redirect(303, paths.erased());
  },
});

/** What is said once the data are erased: the page knows of nobody. */
export const showErased = async (req: Request, res: Response): Promise<void> => {
  const title = inLanguage(req.language)({ fr: 'Vos données sont effacées', en: 'Your data have been erased' });
  await renderPage(res, 'public/erased', { title });
};
