import { auditLinesOn } from '../../src/data/auditLines.js';
import { AUDIT_ACTS, type AuditAct } from '../../src/domain/audit/auditActs.js';
import { type AuditSearch, actsOf } from '../../src/domain/audit/auditSearch.js';
import { type AuditLine, chain, NOTHING_YET } from '../../src/domain/audit/chain.js';
import { hashOfLine } from '../../src/services/audit/seal.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

/** 10 000 lines of 40 people, one a minute: every search is explained by the store that answers it. */
const COUNT = 10_000;
const PAGE = 50;
const BEGAN = Date.parse('2026-01-05T08:00:00Z');
const MINUTE = 60_000;
const acts = Object.keys(AUDIT_ACTS) as AuditAct[];
const all = chain(
  Array.from({ length: COUNT }, (_, index) => ({
    act: acts[index % acts.length] as AuditAct,
    actor: { account: `a${index % 40}` },
    about: { kind: 'project' as const, id: `p${index % 700}` },
    at: new Date(BEGAN + Math.floor(index / 3) * 3 * MINUTE),
  })),
  NOTHING_YET,
  hashOfLine,
);

let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let auditLines: ReturnType<typeof auditLinesOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  auditLines = auditLinesOn(watched.connection);
  await auditLines.model.createIndexes();
  for (let from = 0; from < COUNT; from += 2500) await auditLines.append(all.slice(from, from + 2500));
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

const NOTHING: AuditSearch = { from: null, until: null, acts: null, accounts: null, about: null };
const week = { from: new Date('2026-01-06T00:00:00Z'), until: new Date('2026-01-09T00:00:00Z') };

const isFound = ({ at, act, actor, about }: AuditLine, search: AuditSearch): boolean =>
  (!search.from || at >= search.from) &&
  (!search.until || at < search.until) &&
  (!search.acts || search.acts.includes(act)) &&
  (!search.accounts || (typeof actor === 'object' && search.accounts.includes(actor.account))) &&
  (!search.about || about?.id === search.about);
const newest = (search: AuditSearch): number[] =>
  all
    .filter((line) => isFound(line, search))
    .sort((a, b) => b.at.getTime() - a.at.getTime() || b.seq - a.seq)
    .map(({ seq }) => seq);

/** `most`: documents that one page may look at, where one condition is told by no index beside another. */
describe.each<[string, Partial<AuditSearch>, number]>([
  ['everything', {}, PAGE],
  ['a period', week, PAGE],
  ['an act', { acts: ['sheet-read'] }, PAGE],
  ['a family of acts', { acts: actsOf('reading') }, PAGE],
  ['a family of acts in a period', { acts: actsOf('accounts'), ...week }, PAGE],
  ['a person', { accounts: ['a7'] }, PAGE],
  ['several people of one name', { accounts: ['a7', 'a8'] }, PAGE],
  ['a subject', { about: 'p12' }, PAGE],
  ['a person and an act', { accounts: ['a7'], acts: ['sheet-read'] }, 500],
  ['nobody', { accounts: [] }, 0],
])('a search for %s', (_name, changes, most) => {
  const search = { ...NOTHING, ...changes };

  it('finds page after page what fits, newest first, by an index and without a sort', async () => {
    const found: number[] = [];
    for (let after: AuditLine | null = null; found.length < 3 * PAGE; ) {
      const { given, seen } = await watched.watch(() => auditLines.find(search, { after, limit: PAGE }));
      for (const { stages, docs } of seen) {
        expect(stages).not.toContain('COLLSCAN');
        expect(stages).not.toContain('SORT');
        expect(docs).toBeLessThanOrEqual(most);
      }
      found.push(...given.map(({ seq }) => seq));
      after = given.at(-1) ?? null;
      if (given.length < PAGE) break;
    }
    expect(found).toEqual(newest(search).slice(0, 3 * PAGE));
  });

  it('gives all of it to a file', async () => {
    const found: number[] = [];
    for await (const batch of auditLines.findAll(search)) found.push(...batch.map(({ seq }) => seq));
    expect(found).toEqual(newest(search));
  });
});

it('reads the end of the log, and where a purge must stop, by the number alone', async () => {
  const { given, seen } = await watched.watch(() => auditLines.last());
  expect(given).toEqual({ seq: COUNT, hash: all.at(-1)?.hash });
  expect(seen).toMatchObject([{ docs: 1 }]);
  const before = await auditLines.lastBefore(week.from);
  expect(before?.seq).toBe(all.findIndex(({ at }) => at >= week.from));
});
