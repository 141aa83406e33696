import { settingsChanged } from '../../domain/audit/auditNotes.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { monthsProblem, type NamedPeriod } from '../../domain/statistics/period.js';
import { Forbidden, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'namedPeriods'>;

/** More than that is no longer a list to choose from. */
export const MOST_PERIODS = 30;

/** The periods that managers have named, the earliest first, for whoever reads figures. Throws Forbidden for the others. */
export const listPeriods =
  ({ namedPeriods }: Needs) =>
  async (reader: Account): Promise<NamedPeriod[]> => {
    if (!may(reader, 'seeFigures')) throw new Forbidden();
    return namedPeriods.all();
  };

/** Names a period. Throws Forbidden for other roles than managers, Invalid for months that make none and beyond MOST_PERIODS. */
export const namePeriod =
  ({ namedPeriods, clock, newId, note }: Needs & Pick<Parts, 'clock' | 'newId' | 'note'>) =>
  async (by: Account, { label, from, to }: Omit<NamedPeriod, 'id'>): Promise<NamedPeriod> => {
    if (!may(by, 'namePeriods')) throw new Forbidden();
    if (monthsProblem({ du: from, au: to })) throw new Invalid('Choisissez deux mois, le premier avant le dernier.');
    if ((await namedPeriods.all()).length >= MOST_PERIODS)
      throw new Invalid(`Il y a déjà ${MOST_PERIODS} périodes. Retirez-en une, puis recommencez.`);
    const period = { id: newId(), label, from, to };
    await namedPeriods.insert(period, by.id, clock());
    await note(settingsChanged(by, 'periods', { added: period.id }));
    return period;
  };

/** Takes a period off the list; figures stay as they are. Throws Forbidden for other roles than managers. */
export const removePeriod =
  ({ namedPeriods, note }: Needs & Pick<Parts, 'note'>) =>
  async (by: Account, id: string): Promise<void> => {
    if (!may(by, 'namePeriods')) throw new Forbidden();
    await namedPeriods.remove(id);
    await note(settingsChanged(by, 'periods', { removed: id }));
  };
