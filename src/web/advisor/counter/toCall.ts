import type { Request, Response } from 'express';
import { dayInWords, timeInWords } from '../../../domain/calendar/words.js';
import { paths } from '../../../paths.js';
import type { LineToCall } from '../../../services/counter/toCallLines.js';
import type { Services } from '../../../services.js';
import { contactModel } from '../../contactModel.js';
import { accountOf } from '../../middleware/staffSession.js';
import { renderPage } from '../../renderPage.js';

type Uses = Pick<Services, 'listToCall' | 'markSaid'>;

/** Of a referral, whose sheet shows the line too. */
const ID = /^[\w-]{1,64}$/;

/** A line with what to say, for the list and for the sheet of its project. */
export const toCallModel = ({ id, since, project, referral, text }: LineToCall) => ({
  id,
  since: `${dayInWords(since)}, ${timeInWords(since)}`,
  name: project.contact.name,
  reference: project.reference,
  project: project.facts.title,
  sheet: referral?.id ?? '',
  href: referral ? paths.referral(referral.id) : null,
  contact: contactModel(project),
  text,
  said: paths.markSaid(id),
});

/** What people without an e-mail address are still to be told. */
export const toCallScreen = ({ listToCall, markSaid }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const by = accountOf(req.account);
    const lines = (await listToCall(by)).map(toCallModel);
    await renderPage(res, 'advisor/toCall', {
      title: 'À appeler',
      // Managers have no queue: they open the project instead.
      lines: by.role === 'manager' ? lines.map((line) => ({ ...line, href: null })) : lines,
      notice: req.query['fait'] === 'dit' ? 'C’est noté.' : null,
    });
  },

  async submit(req: Request, res: Response): Promise<void> {
    await markSaid(accountOf(req.account), String(req.params['id']));
    const sheet = (req.body as { fiche?: unknown } | undefined)?.fiche;
    const isSheet = typeof sheet === 'string' && ID.test(sheet);
    res.redirect(303, isSheet ? paths.referral(sheet) : `${paths.toCall()}?fait=dit`);
  },
});
