import type { Request, Response } from 'express';
import Joi from 'joi';
import { dayInWords, timeInWords } from '../../../domain/calendar/words.js';
import { COUNTER_CHANNELS, type CounterChannel } from '../../../domain/questionnaire/channel.js';
import { journeyOf } from '../../../domain/questionnaire/journey.js';
import { paths } from '../../../paths.js';
import type { Entry } from '../../../services/counter/counterDrafts.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { parseForm } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { addressToGoOn, COUNTER_PAGES } from './counterPages.js';

type Uses = Pick<Services, 'listEntries' | 'startEntry' | 'abandonEntry' | 'territory'>;

const FORM = Joi.object<{ channel: CounterChannel }>({
  channel: Joi.string()
    .valid(...Object.keys(COUNTER_CHANNELS))
    .required(),
});

/** The projects being entered, and a new one. */
export const counterStartScreen = ({ listEntries, startEntry, abandonEntry, territory }: Uses) => {
  const rowOf = ({ id, answers, channel, updatedAt }: Entry) => ({
    name: answers.contact?.name || 'Personne pas encore nommée',
    title: answers.projet?.title ?? null,
    channel: COUNTER_CHANNELS[channel],
    when: `${dayInWords(updatedAt)}, ${timeInWords(updatedAt)}`,
    href: addressToGoOn(id, journeyOf(answers, territory, { atCounter: true })),
    abandon: paths.counterAbandon(id),
  });

  return {
    async show(req: Request, res: Response): Promise<void> {
      const entries = await listEntries(accountOf(req.account));
      await renderPage(res, 'advisor/counterStart', {
        title: 'Saisir un projet pour une personne',
        rows: entries.map(rowOf),
        notice: req.query['fait'] === 'abandon' ? 'La saisie est abandonnée.' : null,
      });
    },

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return res.redirect(303, paths.counter());
      const id = await startEntry(accountOf(req.account), form.values.channel);
      res.redirect(303, paths.counterStep(id, COUNTER_PAGES[0]?.slug ?? ''));
    },

    async abandon(req: Request, res: Response): Promise<void> {
      await abandonEntry(accountOf(req.account), String(req.params['id']));
      res.redirect(303, `${paths.counter()}?fait=abandon`);
    },
  };
};
