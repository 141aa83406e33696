import { dateInWords, timeInWords } from '../../../domain/calendar/words.js';
import type { Account } from '../../../domain/referrals/access.js';
import { paths } from '../../../paths.js';
import type { VersionRow } from '../../../services/rules/readRules.js';

export const whenInWords = (at: Date): string => `${dateInWords(at)} à ${timeInWords(at)}`;

export const personInWords = (id: string | null, people: Map<string, Account>): string =>
  (id && people.get(id)?.name) || 'une personne du pilotage';

/** "Version 2, publiée le 24 novembre 2026 à 9 h par Marie Roche" */
export const publishedInWords = ({ publishedAt, by }: VersionRow, people: Map<string, Account>): string =>
  publishedAt === null
    ? 'Livrée avec le service'
    : `Publiée le ${whenInWords(publishedAt)} par ${personInWords(by, people)}`;

/** A line of the history, ready for views/manager/rules/history.ejs. */
export const historyRow = (row: VersionRow, inForce: number, people: Map<string, Account>) => ({
  title: `Version ${row.number}`,
  href: paths.rulesVersion(row.number),
  isInForce: row.number === inForce,
  published: publishedInWords(row, people),
  note: row.note,
  difference: row.number === inForce ? null : `${paths.rulesDifference()}?de=${row.number}&a=${inForce}`,
});
