import type { Request, Response } from 'express';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';

/** The appointment, or the call that was promised, for the advisor's own calendar. */
export const calendarFileScreen = ({ meetingFile }: Pick<Services, 'meetingFile'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { name, text } = await meetingFile(accountOf(req.account), String(req.params['id']));
    res.attachment(name).type('text/calendar; charset=utf-8').send(text);
  },
});
