import type { Request, Response } from 'express';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { afterwards } from './followUpNotices.js';
import { openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'followProject' | 'sayNobodyCalled'>;

/** "Nobody has contacted me": asked once, then passed on. */
export const nobodyCalledScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, 'nobodyCalled')(req, res);
    if (!page) return;
    const say = inLanguage(page.language);
    const { phone, email } = page.followed.project.contact;
    const reached = [phone, email].filter((each) => each !== null).join(', ');
    const form = {
      title: say({ fr: 'Personne n’a pris contact avec vous ?', en: 'Has nobody contacted you?' }),
      paragraphs: [
        say({
          fr: `Dites-le-nous : nous prévenons le partenaire qui a votre projet, dès qu’il est ouvert. Voici comment il vous joint : ${reached}. Si ce n’est pas juste, corrigez d’abord vos coordonnées sur la page de suivi.`,
          en: `Tell us: we will let the partner who has your project know, as soon as they are open. This is how they reach you: ${reached}. If this is wrong, first correct your contact details on the page of your project.`,
        }),
      ],
      action: paths.nobodyCalled(page.token),
      button: say({ fr: 'Personne n’a pris contact avec moi', en: 'Nobody has contacted me' }),
    };
    await renderAct(res, page, form, { fields: [] });
  },

  /** Said twice the same day, it is noted once: the same answer. */
  async submit(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    await services.sayNobodyCalled(page.token);
    res.redirect(303, afterwards(paths.followUp(page.token), 'personne-n-a-appele'));
  },
});
