import type { Request, Response } from 'express';
import { timeInWords } from '../../domain/calendar/words.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';

/**
 * For a page that stays open: views/components/fresh.ejs shows when it was read, and public/js/queue.js asks `url` every
 * minute whether anything changed after `since` (milliseconds). `referral`: of one sheet; left out: of the whole queue.
 */
export const freshModel = (readAt: Date, changedAt: Date | null, referral?: string) => ({
  url: referral === undefined ? paths.freshness() : `${paths.freshness()}?dossier=${encodeURIComponent(referral)}`,
  since: String(changedAt?.getTime() ?? 0),
  readAt: timeInWords(readAt),
});

/** When the queue or a referral last changed: small, and asked for often. */
export const freshnessScreen = ({ readFreshness }: Pick<Services, 'readFreshness'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { dossier } = req.query;
    const referral = typeof dossier === 'string' ? dossier : undefined;
    const changedAt = await readFreshness(accountOf(req.account), referral);
    const what = referral === undefined ? 'Cette liste' : 'Ce projet';
    const words = changedAt ? `${what} a changé à ${timeInWords(changedAt)}.` : '';
    res.json({ changedAt: changedAt?.getTime() ?? 0, words });
  },
});
