import type { Account } from '../../domain/referrals/access.js';
import { addMonths } from '../../domain/statistics/localDays.js';
import { CHOSEN_MONTHS, parsePeriod } from '../../domain/statistics/period.js';
import { quarterNamed, quartersBefore } from '../../domain/statistics/quarters.js';
import { makeReport, type ReportContent } from '../../domain/statistics/report.js';
import type { Parts } from '../parts.js';
import { activeRuleset } from '../rules/activeRuleset.js';
import { readFigures } from './readFigures.js';
import type { MonthParts } from './readMonths.js';

export type CountReportParts = MonthParts & Pick<Parts, 'channels' | 'firstRules' | 'rulesets'>;

const MONTHS_OF_TREND = 12;

/** Names of the rules in force; those that were retired since have none. */
const ruleNames = async (parts: Pick<Parts, 'firstRules' | 'rulesets'>): Promise<Record<string, string>> => {
  const { ruleset } = await activeRuleset(parts)();
  return Object.fromEntries([...ruleset.rules, ...ruleset.gates].map(({ id, label }) => [id, label]));
};

/** The report of a quarter (its code), from the last count. Throws Forbidden as `readFigures`. */
export const countReport =
  (parts: CountReportParts) =>
  async (reader: Account, quarter: string): Promise<ReportContent> => {
    const read = readFigures(parts);
    const period = quarterNamed(quarter);
    const last = period.last.slice(0, 7);
    const year = { periode: CHOSEN_MONTHS, du: addMonths(last, 1 - MONTHS_OF_TREND), au: last };
    const [whole, trend, previous] = await Promise.all([
      read(reader, { period, filters: {} }),
      read(reader, { period: parsePeriod(year, parts.clock()), filters: {} }),
      read(reader, { period: quarterNamed(quartersBefore(quarter, 1)), filters: {} }),
    ]);
    const there = new Set(whole.breakdowns.find(({ id }) => id === 'partner')?.rows.map(({ id }) => id));
    const own = parts.territory.partners.filter(({ id, role }) => role === 'desk' || there.has(id));
    const partners = await Promise.all(
      own.map(async ({ id, name }) => ({
        id,
        name,
        counted: await read(reader, { period, filters: { partenaire: id } }),
      })),
    );
    return makeReport({
      whole,
      trend: trend.timeline,
      previous,
      partners,
      ruleNames: await ruleNames(parts),
      territory: parts.territory,
    });
  };
