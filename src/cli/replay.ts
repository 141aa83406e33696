import { startOfLocalDay } from '../domain/calendar/businessTime.js';
import { OUTCOME_WORDS } from '../domain/routing/decision.js';
import type { Destination, ReplayReport } from '../domain/routing/replay.js';
import { Invalid } from '../errors.js';
import { activeRuleset } from '../services/rules/activeRuleset.js';
import { rulesetNamed } from '../services/rules/diffVersions.js';
import { replayPast } from '../services/rules/replayPast.js';
import { BadUsage, type Command } from './command.js';
import { readOptions } from './readOptions.js';
import { readVersionNumber } from './versionNumber.js';
import type { StoreParts } from './withStore.js';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  ruleset: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const read = (args: string[]) => readOptions({ args, options: OPTIONS }).values;

/** A day, in Paris, as "2026-11-23". */
const readDay = (typed: string | undefined): Date => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(typed ?? '') ? startOfLocalDay(typed ?? '') : new Date(Number.NaN);
  if (Number.isNaN(day.getTime())) throw new BadUsage('donnez --from et --to, comme 2026-01-31');
  return day;
};

/**
 * `desk replay --from DATE --to DATE [--ruleset N] [--json]`: what the draft (or the version N) would have done with the
 * projects submitted from the first day to the last, both included, beside the rules of today. Keeps nothing.
 */
export const replay: Command = async (args, desk) => {
  const { from, to, ruleset, json } = read(args);
  const [first, last] = [readDay(from), readDay(to)];
  if (last < first) throw new BadUsage('le premier jour doit venir avant le dernier');
  const name = ruleset === undefined ? 'draft' : readVersionNumber(ruleset);
  const report = await desk.withStore(async (parts) => {
    const before = (await activeRuleset(parts)()).ruleset;
    const after = await rulesetNamed(parts)(name);
    const task = { before, after, from: first, to: dayAfter(last) };
    return withProgress(parts, task, desk.warn);
  });
  desk.print(json ? JSON.stringify(report, null, 2) : asTable(report, partnerNames(desk.directory())));
};

const DAY = 86_400_000;
/** Half a day more than a day after midnight is always the next day, whatever the clocks do. */
const dayAfter = (start: Date): Date =>
  startOfLocalDay(new Date(start.getTime() + 1.5 * DAY).toISOString().slice(0, 10));

const withProgress = async (
  parts: StoreParts,
  task: Parameters<ReturnType<typeof replayPast>>[0],
  warn: (text: string) => void,
): Promise<ReplayReport> => {
  const total = await parts.projects.countBetween(task.from, task.to);
  if (total === 0) throw new Invalid('Aucun projet n’a été envoyé pendant cette période.');
  return replayPast(parts)(task, async ({ total: done }) => {
    warn(`${done} projets sur ${total}`);
    return true;
  });
};

type NameOf = (destination: Destination) => string;

const partnerNames =
  (directory: { partner(id: string): { name: string } | undefined }): NameOf =>
  (destination) =>
    directory.partner(destination)?.name ?? OUTCOME_WORDS[destination as keyof typeof OUTCOME_WORDS] ?? destination;

function asTable(report: ReplayReport, nameOf: NameOf): string {
  const { total, moved, matrix, agreement, loadBefore, loadAfter } = report;
  const moves = matrix.filter(({ from, to }) => from !== to);
  const places = [...new Set([...Object.keys(loadBefore), ...Object.keys(loadAfter)])];
  return [
    `Projets rejoués\u00a0: ${total}. Iraient ailleurs\u00a0: ${moved}.`,
    `Choix d’une personne retrouvés\u00a0: ${agreement.before} avant, ${agreement.after} après, sur ${agreement.compared}.`,
    ...moves.map(({ from, to, count }) => `  ${String(count).padStart(6)}  ${nameOf(from)} → ${nameOf(to)}`),
    'Projets par partenaire, avant et après\u00a0:',
    ...places.map((id) => `  ${pad(loadBefore[id])}  ${pad(loadAfter[id])}  ${nameOf(id)}`),
  ].join('\n');
}

const pad = (count = 0): string => String(count).padStart(6);
