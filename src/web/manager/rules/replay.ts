import type { Request, Response } from 'express';
import { dateInWords } from '../../../domain/calendar/words.js';
import { CHOSEN_DATES, endOf, parsePeriod, periodChoices, startOf } from '../../../domain/statistics/period.js';
import { capital } from '../../../domain/territory/typography.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { renderPage } from '../../renderPage.js';
import { movedInWords, REPLAY_STATES } from './replayWords.js';
import { whenInWords } from './versionWords.js';

type Row = Awaited<ReturnType<Services['readReplays']>>[number];
type Draft = { id: string; revision: number };

const DAY = 24 * 3600 * 1000;

const rowModel = ({ id, state, from, to, total, done, moved, createdAt, draft }: Row, now: Draft) => ({
  href: paths.rulesReplayReport(id),
  asked: capital(whenInWords(createdAt)),
  period: `Du ${dateInWords(from)} au ${dateInWords(new Date(to.getTime() - DAY / 2))}`,
  tag: REPLAY_STATES[state],
  result: state === 'done' ? movedInWords(moved, total) : `${done} sur ${total}`,
  isCurrent: draft.id === now.id && draft.revision === now.revision,
});

/** Choosing the past projects on which the draft is tried, and the replays asked for before. */
export const replayScreen = ({
  clock,
  readReplays,
  readRules,
  startReplay,
}: Pick<Services, 'clock' | 'readReplays' | 'readRules' | 'startReplay'>) => {
  const text = (body: unknown, name: string): string => {
    const value = (body as Record<string, unknown> | undefined)?.[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    async show(req: Request, res: Response): Promise<void> {
      const reader = accountOf(req.account);
      const { draft } = await readRules(reader);
      if (!draft) return res.redirect(303, paths.rules());
      const now = clock();
      await renderPage(res, 'manager/rules/replay', {
        title: 'Rejouer les projets passés',
        back: paths.rulesDraft(),
        action: paths.rulesReplay(),
        groups: periodChoices(now).map(({ title, periods }) => ({
          title,
          choices: periods.map(({ code, label }) => ({ code, label: capital(label) })),
        })),
        datesCode: CHOSEN_DATES,
        replays: (await readReplays(reader)).map((row) => rowModel(row, draft)),
      });
    },

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      if (!(await readRules(by)).draft) return res.redirect(303, paths.rules());
      const period = parsePeriod(
        { periode: text(req.body, 'periode'), du: text(req.body, 'du'), au: text(req.body, 'au') },
        clock(),
      );
      const id = await startReplay(by, { from: startOf(period), to: endOf(period) });
      res.redirect(303, paths.rulesReplayReport(id));
    },
  };
};
