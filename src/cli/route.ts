import type { RoutingDecision } from '../domain/routing/decision.js';
import type { RoutedRow } from '../services/routeFile.js';
import { BadUsage, type Command } from './command.js';
import { readOptions } from './readOptions.js';
import { readVersionNumber } from './versionNumber.js';

const DECISIONS: Record<RoutingDecision['outcome'], string> = {
  routed: 'Orientation',
  triage: 'À orienter',
  out_of_territory: 'Hors du territoire',
  rejected: 'Écarté',
};

const OPTIONS = { json: { type: 'boolean' }, trace: { type: 'boolean' }, ruleset: { type: 'string' } } as const;

const read = (args: string[]) => readOptions({ args, options: OPTIONS, allowPositionals: true });

/**
 * `desk route FILE [--ruleset N] [--json] [--trace]`: says where each request of a file would go, and keeps nothing. By the
 * rules that the territory begins with, without any store, or by a published version of the store.
 * With --json, an array of { id, outcome, main, associated, reasons }, for machines; otherwise a table, for people. With
 * --trace, all that the decision rests on.
 */
export const route: Command = async (args, desk) => {
  const { values, positionals } = read(args);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new BadUsage('donnez un fichier, ou - pour l’entrée standard');
  const ruleset = values.ruleset === undefined ? null : readVersionNumber(values.ruleset);
  const rows = await desk.routeFile(await desk.readInput(file), file === '-' ? 'entrée standard' : file, ruleset);
  desk.print(values.json ? asJson(rows, values.trace ?? false) : asTable(rows, values.trace ?? false));
};

function asJson(rows: RoutedRow[], withTrace: boolean): string {
  const entries = rows.map(({ id, outcome, main, associated, reasons, decision }) => {
    const { confidence, tieBreak, others, trace, rulesetVersion } = decision;
    const entry = { id, outcome, main, associated, reasons };
    return withTrace ? { ...entry, confidence, tieBreak, others, trace, rulesetVersion } : entry;
  });
  return JSON.stringify(entries, null, 2);
}

const LONGEST = 48;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** One request on two lines: what was decided, then why; with the trace, one more line a rule that was tried. */
function asTable(rows: RoutedRow[], withTrace: boolean): string {
  const lines = rows.map((row) => [row.id, cut(row.title), DECISIONS[row.decision.outcome], row.partner ?? '—']);
  const table = [['Nº', 'Demande', 'Décision', 'Partenaire'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  const aligned = table.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const [head, ...body] = aligned;
  const indent = ' '.repeat((widths[0] ?? 0) + 2);
  const below = (row: RoutedRow | undefined): string[] =>
    row ? [row.reasons[0] ?? '', ...(withTrace ? traceOf(row.decision) : [])] : [];
  return [head, ...body.flatMap((line, i) => [line, ...below(rows[i]).map((text) => indent + text)])].join('\n');
}

const VERDICTS = { true: 'oui', false: 'non', unknown: 'inconnu' } as const;

const traceOf = ({ trace, tieBreak }: RoutingDecision): string[] => [
  ...trace.map(({ label, verdict, partner, points, conditions }) => {
    const given = partner && points !== 0 ? ` (${partner}, ${points})` : '';
    const seen = conditions.map(({ text, saw }) => `${text}, vu\u00a0: ${saw}`).join('\u00a0; ');
    return `- ${VERDICTS[verdict]}, ${label}${given} [${seen}]`;
  }),
  ...(tieBreak ? [`- ${tieBreak}`] : []),
];
