import { AUDIT_ACTS, type AuditAct, type AuditGroup, type AuditSubject } from '../../domain/audit/auditActs.js';
import { AUDIT_PLACES } from '../../domain/audit/auditNotes.js';
import { AUDIT_GROUPS, actsOf } from '../../domain/audit/auditSearch.js';
import type { AuditLine } from '../../domain/audit/chain.js';
import { dateInWords } from '../../domain/calendar/words.js';
import { type Account, ROLES } from '../../domain/referrals/access.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import { detailInWords } from './auditDetail.js';

type People = Map<string, Account>;

const CLOCK = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'medium' });
const NOBODY = {
  holder: 'La personne qui porte le projet',
  unknown: 'Une personne inconnue',
  desk: 'Le service',
} as const;

export const whoInWords = ({ actor }: AuditLine, people: People): string =>
  typeof actor === 'string' ? NOBODY[actor] : (people.get(actor.account)?.name ?? 'Un compte effacé');

const KINDS: Record<AuditSubject['kind'], string> = {
  account: 'compte',
  project: 'projet',
  referral: 'mise en relation',
  export: 'fichier',
  report: 'rapport',
  ruleset: 'règles',
  page: 'page',
};

/** "projet 3f2a…": projects by their number alone, for they are none of an administrator's business. */
export const subjectInWords = ({ about }: AuditLine, people: People): string | null => {
  if (!about) return null;
  const { kind, id } = about;
  if (kind === 'page') return Object.hasOwn(AUDIT_PLACES, id) ? AUDIT_PLACES[id as keyof typeof AUDIT_PLACES] : id;
  const name = kind === 'account' ? people.get(id)?.name : undefined;
  return `${KINDS[kind]} ${name ?? id}`;
};

export const timeOfLine = (at: Date): string => CLOCK.format(at);

/** The act in words, also one that a later version of the desk has written. */
export const actInWords = (act: string): string =>
  Object.hasOwn(AUDIT_ACTS, act) ? AUDIT_ACTS[act as AuditAct].words : act;

export const lineModel = (line: AuditLine, people: People) => ({
  seq: line.seq,
  day: dateInWords(line.at),
  time: timeOfLine(line.at),
  who: whoInWords(line, people),
  role: typeof line.actor === 'string' ? null : roleOf(people.get(line.actor.account)),
  what: actInWords(line.act),
  about: subjectInWords(line, people),
  sameSubject: line.about && line.about.kind !== 'page' ? `${paths.audit()}?sujet=${line.about.id}` : null,
  detail: detailInWords(line),
});

const roleOf = (account: Account | undefined): string | null => (account ? ROLES[account.role].toLowerCase() : null);

/** What may be looked for: each group, then its acts. */
export const kindGroups = (chosen: string | null) =>
  (Object.keys(AUDIT_GROUPS) as AuditGroup[]).map((group) => ({
    label: AUDIT_GROUPS[group],
    options: [
      { value: group, label: `${AUDIT_GROUPS[group]}\u00a0: tout`, isChosen: chosen === group },
      ...actsOf(group).map((act) => ({
        value: act as string,
        label: capital(AUDIT_ACTS[act].words),
        isChosen: chosen === act,
      })),
    ],
  }));
