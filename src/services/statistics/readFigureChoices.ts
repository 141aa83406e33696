import type { Channel } from '../../domain/questionnaire/channel.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { NamedPeriod } from '../../domain/statistics/period.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

/** What a page of figures offers beside what the code knows. */
export interface FigureChoices {
  named: NamedPeriod[];
  channels: Channel[];
}

/** The periods that managers have named and the entry links, for whoever reads figures. Throws Forbidden for the others. */
export const readFigureChoices =
  ({ namedPeriods, channels }: Pick<Parts, 'namedPeriods' | 'channels'>) =>
  async (reader: Account): Promise<FigureChoices> => {
    if (!may(reader, 'seeFigures')) throw new Forbidden();
    const [named, links] = await Promise.all([namedPeriods.all(), channels.all()]);
    return { named, channels: links };
  };
