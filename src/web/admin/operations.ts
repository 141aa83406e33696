import type { Request, Response } from 'express';
import { may } from '../../domain/referrals/access.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { renderPage } from '../renderPage.js';
import { operationsModel } from './operationsModel.js';

type Uses = Pick<
  Services,
  'clock' | 'readOperations' | 'readRetry' | 'retryFailed' | 'schedules' | 'settleMessage' | 'territory'
>;

const messages = (count: number): string => `${count}\u00a0message${count > 1 ? 's' : ''}`;

/** What has just been done, by the code and the count that the address holds. */
const noticeOf = ({ query }: Request): string | null => {
  const count = /^\d{1,6}$/.test(String(query['combien'])) ? Number(query['combien']) : 0;
  if (query['fait'] === 'classe') return 'Message classé.';
  if (query['fait'] !== 'reprise') return null;
  if (count === 0) return 'Il n’y avait rien à reprendre.';
  return count === 1 ? '1\u00a0message repart.' : `${messages(count)} repartent.`;
};

/** What is owed, what failed, what runs by itself. */
export const operationsScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const { clock, readOperations, schedules, territory } = services;
    const operations = await readOperations(reader);
    const rights = { mayOpen: may(reader, 'seeProject'), maySeeQueues: may(reader, 'seeQueues') };
    const model = operationsModel(operations, { now: clock(), territory, schedules, ...rights });
    await renderPage(res, 'admin/operations', { ...model, notice: noticeOf(req) });
  },

  async settle(req: Request, res: Response): Promise<void> {
    await services.settleMessage(accountOf(req.account), String(req.params['id']));
    res.redirect(303, `${paths.operations()}?fait=classe`);
  },
});

/** "Tout reprendre": a page that says how many, and asks; opening it changes nothing. */
export const retryScreen = ({ readRetry, retryFailed }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { again, out } = await readRetry(accountOf(req.account));
    const isMore = again + out > COUNTED;
    const model = {
      title: 'Tout reprendre',
      back: paths.operations(),
      action: paths.retryFailed(),
      again: again > 0 ? `${isMore ? 'Au moins ' : ''}${messages(again)}` : null,
      out: out > 0 ? messages(out) : null,
    };
    await renderPage(res, 'admin/retryFailed', model);
  },

  async submit(req: Request, res: Response): Promise<void> {
    const count = await retryFailed(accountOf(req.account));
    res.redirect(303, `${paths.operations()}?fait=reprise&combien=${count}`);
  },
});
