import type { RoutedRow } from '../services/routeFile.js';
import { BadUsage, type Command } from './command.js';

const DECISIONS: Record<RoutedRow['decision'], string> = {
  routed: 'Orientation',
  triage: 'À orienter',
  out_of_territory: 'Hors du territoire',
  rejected: 'Écarté',
};

/**
 * `desk route FILE [--json]`: says where each request of a file would go, and keeps nothing.
 * With --json, an array of { id, outcome, main, associated, reasons }, for machines; otherwise a table, for people.
 */
export const route: Command = async (args, desk) => {
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--json');
  if (unknown !== undefined) throw new BadUsage(`l’option ${unknown} n’existe pas`);
  const files = args.filter((arg) => !arg.startsWith('--'));
  const [file] = files;
  if (file === undefined || files.length > 1) throw new BadUsage('donnez un fichier, ou - pour l’entrée standard');
  const rows = await desk.routeFile(await desk.readInput(file), file === '-' ? 'entrée standard' : file);
  desk.print(args.includes('--json') ? asJson(rows) : asTable(rows));
};

const asJson = (rows: RoutedRow[]): string =>
  JSON.stringify(
    rows.map(({ id, outcome, main, associated, reasons }) => ({ id, outcome, main, associated, reasons })),
    null,
    2,
  );

const LONGEST = 48;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** One request on two lines: what was decided, then why. */
function asTable(rows: RoutedRow[]): string {
  const lines = rows.map((row) => [row.id, cut(row.title), DECISIONS[row.decision], row.partner ?? '—']);
  const table = [['Nº', 'Demande', 'Décision', 'Partenaire'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  const aligned = table.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const [head, ...body] = aligned;
  const indent = ' '.repeat((widths[0] ?? 0) + 2);
  return [head, ...body.flatMap((line, i) => [line, `${indent}${rows[i]?.reasons[0] ?? ''}`])].join('\n');
}
