import { isDeepStrictEqual } from 'node:util';
import type { KeptReferral } from '../../data/referralFacts.js';
import type { CountedProject, ProjectEvent } from '../../domain/referrals/referral.js';
import { type KeptFacts, keptFacts } from '../../domain/statistics/keptFacts.js';
import { referralFacts } from '../../domain/statistics/referralFacts.js';
import type { Parts } from '../parts.js';

export type FactsParts = Pick<Parts, 'events' | 'projectFacts' | 'projects' | 'referralFacts' | 'territory'>;

/** The rows of some projects, and those of their referrals. */
export interface Facts {
  rows: KeptFacts[];
  referrals: KeptReferral[];
}

/** The events of each of these projects, first to last. */
export const storiesOf = async (
  { events }: Pick<Parts, 'events'>,
  ids: string[],
): Promise<Map<string, ProjectEvent[]>> => {
  const stories = new Map<string, ProjectEvent[]>(ids.map((id) => [id, []]));
  for (const event of await events.ofProjects(ids)) stories.get(event.project)?.push(event);
  return stories;
};

const isKnown = ({ at, recordedAt = at }: ProjectEvent, now: Date): boolean => recordedAt <= now;

/** The rows of these projects as what is written down by `now` makes them; none of a project of which nothing is. */
export const deriveFacts = async (parts: FactsParts, projects: CountedProject[], now: Date): Promise<Facts> => {
  const stories = await storiesOf(
    parts,
    projects.map(({ id }) => id),
  );
  const facts: Facts = { rows: [], referrals: [] };
  for (const project of projects) {
    const story = (stories.get(project.id) ?? []).filter((event) => isKnown(event, now));
    if (story.length === 0) continue;
    const row = keptFacts(project, story, { territory: parts.territory, now });
    facts.rows.push(row);
    for (const referral of referralFacts(row, story))
      facts.referrals.push({ ...referral, events: story.length, countedAt: now });
  }
  return facts;
};

type Made = { id: string; countedAt: Date };

/** Those of these rows that are not kept so already; when they were made does not count. */
const changedAmong = <Row extends Made>(rows: Row[], kept: Row[]): Row[] => {
  const there = new Map(kept.map((row) => [row.id, row]));
  return rows.filter((row) => !isDeepStrictEqual({ ...there.get(row.id), countedAt: row.countedAt }, row));
};

/** Those of these facts that are not kept so already. */
export const changedFacts = async (
  { projectFacts, referralFacts: kept }: FactsParts,
  { rows, referrals }: Facts,
): Promise<Facts> => {
  const ids = rows.map(({ id }) => id);
  return {
    rows: changedAmong(rows, await projectFacts.byIds(ids)),
    referrals: changedAmong(referrals, await kept.ofProjects(ids)),
  };
};

export const keepFacts = async (parts: FactsParts, { rows, referrals }: Facts): Promise<void> => {
  await parts.projectFacts.keep(rows);
  await parts.referralFacts.keep(referrals);
};
