import { setTimeout as wait } from 'node:timers/promises';
import { logger } from '../../logger.js';
import type { Fault, VerifyParts } from './invariant.js';
import { INVARIANT_IDS, type InvariantId, invariantOf } from './invariants.js';
import { isUnderWay, type ProjectFile, projectFiles } from './projectFile.js';
import { readStanding, type Standing } from './standing.js';

export interface Finding extends Fault {
  invariant: InvariantId;
}

/** What a look at the whole store gives. */
export interface Looked {
  projects: number;
  findings: Finding[];
  /** More were found than are kept: they are told and repaired once these are. */
  hasMore: boolean;
}

export interface Verified extends Looked {
  /** How many findings of each rule a repair has put right. Missing without one. */
  repaired?: Partial<Record<InvariantId, number>>;
}

export interface VerifyOptions {
  /** Milliseconds after which a finding is looked at again before it is told: the desk may have been at it. */
  pause: number;
  repair?: boolean;
  /** These rules alone; without, all. */
  only?: readonly InvariantId[] | undefined;
}

/** Findings of one rule that are kept: a store that is wrong everywhere must not fill the memory. */
const KEPT = 10_000;

/** Everything found so far, each once, and no more of a rule than is kept. */
const collect = (rules: readonly InvariantId[]) => {
  const found = new Map<InvariantId, Map<string, Finding>>();
  const taken = { hasMore: false };
  return {
    rules,
    taken,
    add(invariant: InvariantId, fault: Fault): void {
      const own = found.get(invariant) ?? new Map<string, Finding>();
      found.set(invariant, own);
      const { id, what } = fault;
      if (own.size >= KEPT) taken.hasMore = true;
      else own.set(`${id} ${what}`, { invariant, ...fault });
    },
    all: (): Finding[] => INVARIANT_IDS.flatMap((id) => [...(found.get(id)?.values() ?? [])]),
  };
};
type Collected = ReturnType<typeof collect>;

const UNDER_WAY: readonly InvariantId[] = ['half-done'];

/** What is still under way is told as such, and not as all that is missing from it. */
const lookInFile = (file: ProjectFile, standing: Standing, found: Collected): void => {
  for (const id of isUnderWay(file) ? UNDER_WAY.filter((one) => found.rules.includes(one)) : found.rules)
    for (const fault of invariantOf(id).inFile?.(file, standing) ?? [])
      found.add(id, { project: file.project.id, ...fault });
};

const lookInStore = async (
  parts: VerifyParts,
  standing: Standing,
  found: Collected,
  again?: Map<InvariantId, string[]>,
): Promise<void> => {
  for (const id of found.rules) {
    const only = again?.get(id);
    const { inStore } = invariantOf(id);
    if (!inStore || (again && !only)) continue;
    for await (const fault of inStore(parts, standing, only)) found.add(id, fault);
  }
};

const look = async (parts: VerifyParts, rules: readonly InvariantId[]): Promise<Looked> => {
  const found = collect(rules);
  const standing = await readStanding(parts);
  let projects = 0;
  for await (const files of projectFiles(parts)) {
    for (const file of files) lookInFile(file, standing, found);
    projects += files.length;
  }
  await lookInStore(parts, standing, found);
  return { projects, findings: found.all(), hasMore: found.taken.hasMore };
};

/** Those that are still so when they are looked at again. */
const stillSo = async (parts: VerifyParts, findings: Finding[]): Promise<Finding[]> => {
  const found = collect([...new Set(findings.map(({ invariant }) => invariant))]);
  const standing = await readStanding(parts);
  const projects = findings.flatMap(({ project }) => project ?? []);
  for await (const files of projectFiles(parts, projects)) for (const file of files) lookInFile(file, standing, found);
  const again = new Map<InvariantId, string[]>();
  for (const { invariant, id } of findings) again.set(invariant, [...(again.get(invariant) ?? []), id]);
  await lookInStore(parts, standing, found, again);
  const now = new Set(found.all().map(({ invariant, id }) => `${invariant} ${id}`));
  return findings.filter(({ invariant, id }) => now.has(`${invariant} ${id}`));
};

/** Looks at everything, and a moment later again at what is not as it should be. */
const lookTwice = async (parts: VerifyParts, { pause, only = INVARIANT_IDS }: VerifyOptions): Promise<Looked> => {
  const looked = await look(parts, only);
  if (looked.findings.length === 0) return looked;
  await wait(pause);
  return { ...looked, findings: await stillSo(parts, looked.findings) };
};

/** One that cannot be put right must not keep the others waiting. */
const repairAll = async (parts: VerifyParts, findings: Finding[]): Promise<void> => {
  for (const id of INVARIANT_IDS) {
    const faults = findings.filter(({ invariant }) => invariant === id);
    if (faults.length === 0) continue;
    await invariantOf(id)
      .repair?.run(parts, faults)
      .catch((error: unknown) => logger.error({ err: error, invariant: id }, 'could not repair'));
  }
};

const countOf = (findings: Finding[], id: InvariantId): number =>
  findings.filter(({ invariant }) => invariant === id).length;

/**
 * Holds the whole store against every rule of the table, while the desk runs: pages in the order of ids, so that memory does
 * not grow with it. With `repair`, what the desk's own steps can put right is, and all is looked at again; the rest is left as
 * it is. Done twice, the second time changes nothing.
 */
export const verifyStore =
  (parts: VerifyParts) =>
  async (options: VerifyOptions): Promise<Verified> => {
    const first = await lookTwice(parts, options);
    if (!options.repair || first.findings.length === 0) return first;
    await repairAll(parts, first.findings);
    const then = await lookTwice(parts, options);
    const put = INVARIANT_IDS.map((id) => [id, countOf(first.findings, id) - countOf(then.findings, id)] as const);
    return { ...then, repaired: Object.fromEntries(put.filter(([, count]) => count > 0)) };
  };
