import type { Request, Response } from 'express';
import { actsNamed } from '../../domain/audit/auditSearch.js';
import type { AuditLine } from '../../domain/audit/chain.js';
import { localDay } from '../../domain/calendar/businessTime.js';
import type { SheetValue } from '../../domain/statistics/sheets.js';
import { paths } from '../../paths.js';
import type { AuditPage, AuditQuery } from '../../services/audit/readAudit.js';
import type { Services } from '../../services.js';
import { printPlace, readPlace } from '../listPlace.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { sendFile } from '../sendFile.js';
import { detailInWords } from './auditDetail.js';
import { actInWords, kindGroups, lineModel, subjectInWords, timeOfLine, whoInWords } from './auditModel.js';

/** Names of the address, in the order of the form. */
const NAMES = { from: 'du', to: 'au', kind: 'quoi', person: 'personne', about: 'sujet' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST = 100;

/** What the address asks for; what makes no sense is left out, and is not shown as chosen either. */
const readQuery = ({ query }: Request): AuditQuery => {
  const text = (name: string): string | null => {
    const typed = query[name];
    return typeof typed === 'string' && typed.trim() !== '' ? typed.trim().slice(0, LONGEST) : null;
  };
  const day = (name: string): string | null => {
    const typed = text(name);
    return typed && DAY.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : null;
  };
  const kind = text(NAMES.kind);
  return {
    from: day(NAMES.from),
    to: day(NAMES.to),
    kind: kind && actsNamed(kind) ? kind : null,
    person: text(NAMES.person),
    about: text(NAMES.about),
  };
};

const addressOf = (base: string, query: AuditQuery, after: string | null = null): string => {
  const chosen = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((name) => {
    const value = query[name];
    return value === null ? [] : [[NAMES[name], value] as [string, string]];
  });
  const search = new URLSearchParams([...chosen, ...(after ? [['apres', after] as [string, string]] : [])]).toString();
  return search ? `${base}?${search}` : base;
};

const isSearch = (query: AuditQuery): boolean => Object.values(query).some((value) => value !== null);

const emptyModel = (query: AuditQuery, { named }: AuditPage) => {
  if (named?.length === 0)
    return { title: 'Aucun compte de ce nom', text: 'Écrivez le début du nom, ou l’adresse e-mail entière.' };
  return isSearch(query)
    ? { title: 'Rien de tel dans le journal', text: 'Élargissez la période, ou retirez un critère.' }
    : { title: 'Le journal est vide', text: 'Les connexions, les lectures et les changements s’écrivent ici.' };
};

const auditPage = (page: AuditPage, query: AuditQuery, isFirst: boolean): PageModel => {
  const { lines, next, people, named } = page;
  const place = next && printPlace({ at: next.at, id: String(next.seq) });
  return {
    title: 'Journal',
    action: paths.audit(),
    typed: { du: query.from ?? '', au: query.to ?? '', personne: query.person ?? '', sujet: query.about ?? '' },
    kinds: kindGroups(query.kind),
    named: named && named.length > 1 ? named.map(({ name }) => name).join(', ') : null,
    clear: isSearch(query) ? paths.audit() : null,
    file: lines.length > 0 ? addressOf(paths.auditFile(), query) : null,
    lines: lines.map((line) => lineModel(line, people)),
    empty: emptyModel(query, page),
    pages: {
      previous: isFirst ? null : addressOf(paths.audit(), query),
      next: place && addressOf(paths.audit(), query, place),
      text: lines.length === 1 ? '1 ligne sur cette page' : `${lines.length} lignes sur cette page`,
    },
  };
};

const COLUMNS = [
  { label: 'Ligne', width: 8 },
  { label: 'Jour', width: 11 },
  { label: 'Heure', width: 9 },
  { label: 'Qui', width: 24 },
  { label: 'Compte', width: 38 },
  { label: 'Acte', width: 22 },
  { label: 'En mots', width: 40 },
  { label: 'Sur quoi', width: 40 },
  { label: 'Numéro', width: 38 },
  { label: 'Détail', width: 40 },
  { label: 'Empreinte', width: 44 },
];

const rowOf = (line: AuditLine, people: AuditPage['people']): SheetValue[] => [
  line.seq,
  { day: localDay(line.at) },
  timeOfLine(line.at),
  whoInWords(line, people),
  typeof line.actor === 'string' ? line.actor : line.actor.account,
  line.act,
  actInWords(line.act),
  subjectInWords(line, people),
  line.about?.id ?? null,
  detailInWords(line),
  line.hash,
];

async function* rowsOf(lines: AsyncIterable<AuditLine[]>, people: AuditPage['people']): AsyncGenerator<SheetValue[][]> {
  for await (const batch of lines) yield batch.map((line) => rowOf(line, people));
}

/** The audit log: who read, took out, changed, was refused. Searched by whoever looks after the desk; what it names, it names by ids. */
export const auditScreen = ({
  auditFile,
  clock,
  readAudit,
  writeCsv,
}: Pick<Services, 'auditFile' | 'clock' | 'readAudit' | 'writeCsv'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const query = readQuery(req);
    const from = readPlace(req.query['apres']);
    const after = from && { at: from.at, seq: Number(from.id) };
    const page = await readAudit(
      accountOf(req.account),
      query,
      after && Number.isSafeInteger(after.seq) ? after : null,
    );
    await renderPage(res, 'admin/audit', auditPage(page, query, from === null));
  },

  async download(req: Request, res: Response): Promise<void> {
    const { lines, people } = await auditFile(accountOf(req.account), readQuery(req));
    const bytes = writeCsv({ name: 'Journal', columns: COLUMNS, rows: rowsOf(lines, people) });
    await sendFile(res, { name: `journal-${localDay(clock())}.csv`, type: 'text/csv; charset=utf-8', bytes });
  },
});
