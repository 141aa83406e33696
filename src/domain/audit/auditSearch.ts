import { plainText } from '../territory/plainText.js';
import { AUDIT_ACTS, type AuditAct, type AuditGroup } from './auditActs.js';

/** What is looked for in the audit log; null: no matter. */
export interface AuditSearch {
  from: Date | null;
  /** Up to then, not included. */
  until: Date | null;
  acts: AuditAct[] | null;
  /** Who did it: ids of accounts. */
  accounts: string[] | null;
  /** What it was done to: an id. */
  about: string | null;
}

/** What administrators choose from, each with the acts of its group. */
export const AUDIT_GROUPS = {
  'sign-in': 'Connexions',
  refusal: 'Refus',
  reading: 'Lectures',
  export: 'Fichiers et copies',
  rules: 'Règles',
  settings: 'Réglages et rapports',
  accounts: 'Comptes',
  erasure: 'Effacements',
} as const satisfies Record<AuditGroup, string>;

/** All acts of a group. */
export const actsOf = (group: AuditGroup): AuditAct[] =>
  (Object.keys(AUDIT_ACTS) as AuditAct[]).filter((act) => AUDIT_ACTS[act].group === group);

/** The acts that a choice stands for: one act, or all of a group; null for any other word. */
export const actsNamed = (choice: string): AuditAct[] | null => {
  if (Object.hasOwn(AUDIT_ACTS, choice)) return [choice as AuditAct];
  return Object.hasOwn(AUDIT_GROUPS, choice) ? actsOf(choice as AuditGroup) : null;
};

/** Does what was typed name this person: the address, the id, or the beginning of each word of the name? */
export const isNamed = (typed: string, { id, name, email }: { id: string; name: string; email: string }): boolean => {
  const given = typed.trim();
  if (given !== '' && (given === id || given.toLowerCase() === email.toLowerCase())) return true;
  const [starts, words] = [plainText(given), plainText(name).split(' ')];
  return starts !== '' && starts.split(' ').every((start) => words.some((word) => word.startsWith(start)));
};
