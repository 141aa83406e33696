import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { ManyActName, ManyLine } from '../../services/actOnMany.js';
import type { Services } from '../../services.js';
import { accountOf, keepSession } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { MANY_FORMS, nameOf } from './bulkForms.js';
import { backToQueue } from './queueReturn.js';

interface Done {
  act: ManyActName;
  lines: ManyLine[];
}

declare module 'express-session' {
  interface SessionData {
    /** What became of the last act on several projects: kept, so that reading it again does nothing again. */
    many: Done;
  }
}

export const keepDone = (req: Request, done: Done): Promise<void> => {
  req.session.many = done;
  return keepSession(req);
};

const summaryOf = (done: number, all: number): string => {
  if (done === all) return all === 1 ? 'C’est fait.' : `C’est fait pour les ${all} projets.`;
  if (done === 0) return 'Rien n’a pu être fait. Voici pourquoi, projet par projet.';
  return `C’est fait pour ${done} ${done === 1 ? 'projet' : 'projets'} sur ${all}. Les autres sont en haut, avec la raison.`;
};

const donePage = ({ act, lines }: Done, { names, back }: { names: Map<string, string>; back: string }): PageModel => {
  const done = lines.filter(({ why }) => why === null);
  const failed = lines.filter(({ why }) => why !== null);
  return {
    title: MANY_FORMS[act].done,
    summary: summaryOf(done.length, lines.length),
    tone: failed.length === 0 ? 'done' : 'soon',
    back,
    rows: [...failed, ...done].map(({ id, why }) => ({
      // Of another partner, or gone: nothing is said of it but that it was not found.
      title: names.get(id) ?? 'Projet introuvable',
      href: names.has(id) ? paths.referral(id) : null,
      tag: why === null ? { label: 'fait', tone: 'done' } : { label: 'pas fait', tone: 'late' },
      why: names.has(id) || why === null ? why : 'Ce projet n’est pas dans votre liste.',
    })),
  };
};

/** What became of each project of the last act on many. Reading it again changes nothing. */
export const bulkDoneScreen = ({ readMany }: Pick<Services, 'readMany'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const back = backToQueue(req);
    const done = req.session.many;
    if (!done) return res.redirect(303, back);
    const ids = done.lines.map(({ id }) => id);
    const referrals = await readMany(accountOf(req.account), ids);
    const names = new Map(referrals.map((referral) => [referral.id, nameOf(referral)]));
    await renderPage(res, 'advisor/bulkDone', donePage(done, { names, back }));
  },
});
