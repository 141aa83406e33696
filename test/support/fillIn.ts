import type { Page, Visitor } from './visit.js';

/** A cutler of Thiers: goes to the Territoire d'industrie TILTAM. Keys are the steps' addresses. */
export const CUTLER: Record<string, Record<string, string | string[]>> = {
  besoins: { needs: ['industry-of-the-future', 'skills'] },
  'besoin-principal': { mainNeed: 'industry-of-the-future' },
  avancement: { stage: 'industrialisation' },
  vous: { holderKind: 'company' },
  lieu: { place: 'Thiers' },
  activite: { sector: 'metal', headcount: '38' },
  projet: {
    title: 'Un robot à l’émouture',
    summary: 'Nous voulons robotiser une ligne de notre coutellerie et former l’équipe.',
  },
  entreprise: { organisation: 'Coutellerie du Pont' },
  'deja-en-contact': { partners: 'none' },
  contact: {
    name: 'Camille R.',
    email: 'camille@example.org',
    phone: '06 39 98 12 34',
    consent: 'yes',
  },
};

/** Answers the questionnaire step by step and gives the page "check your answers". */
export const fillIn = async (visitor: Visitor, answers = CUTLER): Promise<Page> => {
  let page = await visitor.open('/projet/besoins');
  for (let step = 0; step < 20; step += 1) {
    const slug = new URL(page.url).pathname.split('/').at(-1) ?? '';
    if (slug === 'verification') return page;
    const before = page.url;
    page = await visitor.send(page, answers[slug] ?? {});
    if (page.url === before) throw new Error(`step ${slug} refused: ${page.text.slice(0, 400)}`);
  }
  throw new Error('the questionnaire does not end');
};

/** Fills in and sends; gives the receipt. Tests send the same project again and again: sent all the same when it was before. */
export const sendProject = async (visitor: Visitor, answers = CUTLER): Promise<Page> => {
  const page = await visitor.send(await fillIn(visitor, answers), {});
  const isAskedAgain = new URL(page.url).pathname === '/projet/deja-envoye';
  return isAskedAgain ? visitor.send(page, {}, '/projet/verification') : page;
};
