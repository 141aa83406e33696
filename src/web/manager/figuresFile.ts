import type { Request, Response } from 'express';
import type { Format } from '../../domain/statistics/sheets.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { sendFile } from '../sendFile.js';
import { figuresAsked } from './figureQuery.js';

type Uses = Pick<Services, 'clock' | 'figuresFile' | 'readFigureChoices' | 'territory'>;

/** The figures of the page, under its period and filters, as a file with their definitions. */
export const figuresFileScreen = ({ clock, figuresFile, readFigureChoices, territory }: Uses, format: Format) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const directory = { reader, territory, now: clock(), ...(await readFigureChoices(reader)) };
    await sendFile(res, await figuresFile(reader, figuresAsked(req, directory).query, format));
  },
});
