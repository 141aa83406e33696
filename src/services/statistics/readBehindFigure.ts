import type { FactsPlace, KeptFacts } from '../../data/projectFacts.js';
import { listRead } from '../../domain/audit/auditNotes.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { Project } from '../../domain/referrals/referral.js';
import { behindFigure } from '../../domain/statistics/behind.js';
import { filtersFor, filtersProblem, selectedBy } from '../../domain/statistics/filters.js';
import type { KpiId } from '../../domain/statistics/kpis.js';
import { endOfMonth, isSettled, monthsOf, untilOf } from '../../domain/statistics/lookedAt.js';
import { Forbidden, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import type { FigureQuery } from './readFigures.js';

type Needs = Pick<Parts, 'clock' | 'note' | 'projectFacts' | 'projects' | 'referrals' | 'territory'>;

export interface BehindQuery extends FigureQuery {
  id: KpiId;
  /** Of a share: all the projects that it is counted on, instead of those that it counts. */
  isWhole: boolean;
  place: FactsPlace | null;
}

/** A project behind a figure, as far as the reader may know of it. */
export interface BehindRow {
  facts: KeptFacts;
  /** Does the figure count it, or is it only what a share is counted on? */
  isCounted: boolean;
  /** Null when the reader may not open it: facts hold no personal data, its title may. */
  project: Project | null;
  /** The reader's own referral of it; null for managers, who open the project itself. */
  referral: string | null;
}

export interface Behind {
  rows: BehindRow[];
  next: FactsPlace | null;
  /** When the figure was settled, while the list tells today's standing; null while both are of today. */
  settledAt: Date | null;
}

/** The projects behind a figure, newest first, a page at a time. Throws Forbidden, and Invalid as `readFigures` does. */
export const readBehindFigure =
  (parts: Needs) =>
  async (reader: Account, { id, isWhole, place, period, filters: asked }: BehindQuery): Promise<Behind> => {
    if (!may(reader, 'seeBehindFigures')) throw new Forbidden();
    const filters = filtersFor(reader, asked);
    if (filtersProblem(filters)) throw new Invalid('Choisissez deux filtres au plus, chacun d’une autre sorte.');
    const { counted, among } = behindFigure(id);
    const months = monthsOf(period);
    const query = {
      from: months[0] ?? '',
      to: months.at(-1) ?? '',
      selected: selectedBy(filters, parts),
      measure: isWhole && among ? among : counted,
    };
    const { rows, next } = await parts.projectFacts.page(query, place);
    const known = await knownTo(parts, reader, rows);
    await parts.note(listRead(reader, 'behind-figure', known.size, { figure: id }));
    const until = untilOf(period, parts.clock());
    return {
      rows: rows.map((facts) => ({
        facts,
        isCounted: facts.counts.includes(counted),
        ...(known.get(facts.id) ?? { project: null, referral: null }),
      })),
      next,
      settledAt: isSettled(until, parts.clock()) ? endOfMonth(until) : null,
    };
  };

type Known = Pick<BehindRow, 'project' | 'referral'>;

/** Managers open every project; leads, those that their partner has, or had. */
const knownTo = async (
  { projects, referrals }: Needs,
  reader: Account,
  rows: KeptFacts[],
): Promise<Map<string, Known>> => {
  const ids = rows.map(({ id }) => id);
  if (may(reader, 'seeProject'))
    return new Map((await projects.byIds(ids)).map((project) => [project.id, { project, referral: null }]));
  const own = (await referrals.ofProjects(ids)).filter(({ partner }) => may(reader, 'seeReferral', partner));
  const referralOf = new Map(own.map(({ project, id }) => [project, id]));
  return new Map(
    (await projects.byIds([...referralOf.keys()])).map((project) => [
      project.id,
      { project, referral: referralOf.get(project.id) ?? null },
    ]),
  );
};
