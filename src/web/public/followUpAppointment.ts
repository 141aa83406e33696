import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { tokenOf } from './ownProjectPage.js';

type Uses = Pick<Services, 'ownAppointment'>;

/** The holder's appointment, for a calendar. */
export const ownAppointmentScreen = ({ ownAppointment }: Uses) => ({
  async download(req: Request, res: Response): Promise<void> {
    const file = await ownAppointment(tokenOf(req), req.language);
    if (!file) return res.redirect(303, paths.erased());
    res.attachment(file.name);
    res.type('text/calendar').send(file.text);
  },
});
