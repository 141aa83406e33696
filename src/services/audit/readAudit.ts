import type { AuditLinePlace } from '../../data/auditLines.js';
import { auditRead, fileTaken } from '../../domain/audit/auditNotes.js';
import { type AuditSearch, actsNamed, isNamed } from '../../domain/audit/auditSearch.js';
import type { AuditLine } from '../../domain/audit/chain.js';
import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

/** Lines shown at once. */
const AUDIT_PAGE = 50;
const DAY = 86_400_000;

/** A search as an address says it. Days: "2026-12-08", in Paris, both included. `kind`: an act or a group of them. */
export interface AuditQuery {
  from: string | null;
  to: string | null;
  kind: string | null;
  /** A name, an address or an id, as typed. */
  person: string | null;
  about: string | null;
}

export interface AuditPage {
  lines: AuditLine[];
  next: AuditLinePlace | null;
  /** Everybody who has, or had, an account, by id: names are looked up now, and go with their account. */
  people: Map<string, Account>;
  /** Whom the typed name stands for; null when none was typed. */
  named: Account[] | null;
}

type Needs = Pick<Parts, 'accounts' | 'auditLines' | 'note'>;

/** The noon of the next day is in the next day, whatever the clocks do in between. */
const endOfLocalDay = (day: string): Date => startOfLocalDay(dayAfter(day));
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().slice(0, 10);

const open = async ({ accounts }: Needs, reader: Account, query: AuditQuery) => {
  if (!may(reader, 'seeAudit')) throw new Forbidden();
  const everyone: Account[] = await accounts.everyone();
  const { person } = query;
  const named = person === null ? null : everyone.filter((one) => isNamed(person, one));
  const search: AuditSearch = {
    from: query.from === null ? null : startOfLocalDay(query.from),
    until: query.to === null ? null : endOfLocalDay(query.to),
    acts: query.kind === null ? null : actsNamed(query.kind),
    accounts: named?.map(({ id }) => id) ?? null,
    about: query.about,
  };
  return { search, named, people: new Map(everyone.map((one) => [one.id, one])) };
};

/** Whose lines were looked for: one person is named in the log, several are counted. */
const whose = (named: Account[] | null) => ({ ...(named && { people: named.length }) });

/** A page of the audit log, newest first. That it was read, and of whom, is itself noted. Throws Forbidden. */
export const readAudit =
  (parts: Needs) =>
  async (reader: Account, query: AuditQuery, after: AuditLinePlace | null): Promise<AuditPage> => {
    const { search, named, people } = await open(parts, reader, query);
    const found = await parts.auditLines.find(search, { after, limit: AUDIT_PAGE + 1 });
    const lines = found.slice(0, AUDIT_PAGE);
    await parts.note(auditRead(reader, named?.length === 1 ? (named[0]?.id ?? null) : null, lines.length));
    return { lines, next: found.length > AUDIT_PAGE ? (lines.at(-1) ?? null) : null, people, named };
  };

/** The same search with all that it finds, line after line. Noted as a file that was taken out. Throws Forbidden. */
export const auditFile =
  (parts: Needs) =>
  async (
    reader: Account,
    query: AuditQuery,
  ): Promise<Pick<AuditPage, 'people'> & { lines: AsyncIterable<AuditLine[]> }> => {
    const { search, named, people } = await open(parts, reader, query);
    await parts.note(fileTaken(reader, 'audit', { format: 'csv', ...whose(named) }));
    return { people, lines: parts.auditLines.findAll(search) };
  };
