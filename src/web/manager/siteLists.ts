import type Joi from 'joi';
import type { Signatory } from '../../services/publicSite.js';

/** How many lines a list may have, and signs a line. */
export const MOST_LINES = 60;
export const LINE = 200;

/** "Dijon Métropole (03/11/2022)": a name, and its date when it is known. */
const SIGNATORY = /^(?<name>.*?)(?:\s*\((?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})\))?$/u;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const dayOf = ({ day = '', month = '', year = '' }: Record<string, string | undefined>): string | null => {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
};

/** For a schema: signatories, one a line. Faults: line.long, line.date, line.many. */
export const signatories: Joi.CustomValidator<string, Signatory[]> = (text, helpers) => {
  const rows: Signatory[] = [];
  for (const line of linesOf(text)) {
    if (line.length > LINE) return helpers.error('line.long');
    const { name = '', ...date } = SIGNATORY.exec(line)?.groups ?? {};
    const signedOn = date['year'] ? dayOf(date) : null;
    if (!name || (date['year'] && !signedOn)) return helpers.error('line.date', { line });
    rows.push({ name, signedOn });
  }
  return rows.length > MOST_LINES ? helpers.error('line.many') : rows;
};

/** The origin that a line names, or null: https only, without path, user or port tricks. */
const originOf = (line: string): string | null => {
  try {
    const url = new URL(line);
    const isPlain = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
    return url.protocol === 'https:' && isPlain && /^[a-z0-9.-]+$/.test(url.hostname) ? url.origin : null;
  } catch {
    return null;
  }
};

/** For a schema: origins of sites, one a line, each once. Faults: line.origin, line.many. */
export const origins: Joi.CustomValidator<string, string[]> = (text, helpers) => {
  const lines = linesOf(text);
  const wrong = lines.find((line) => line.length > LINE || originOf(line) === null);
  if (wrong) return helpers.error('line.origin', { line: wrong.slice(0, LINE) });
  return lines.length > MOST_LINES
    ? helpers.error('line.many')
    : [...new Set(lines.flatMap((line) => originOf(line) ?? []))];
};

/** A signatory as its line was typed. */
export const signatoryLine = ({ name, signedOn }: Signatory): string =>
  signedOn ? `${name} (${signedOn.split('-').reverse().join('/')})` : name;
