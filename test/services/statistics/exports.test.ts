import { buffer } from 'node:stream/consumers';
import readWorkbook from 'read-excel-file/node';
import type { Filters } from '../../../src/domain/statistics/filters.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';
import type { Format } from '../../../src/domain/statistics/sheets.js';
import { Forbidden, Gone, Invalid, NotFound } from '../../../src/errors.js';
import { type RunExportParts, runExport } from '../../../src/services/statistics/exports/runExport.js';
import { MOST_UNDER_WAY } from '../../../src/services/statistics/exports/startExport.js';
import { arrivals } from '../../support/arrivals.js';
import { someFacts } from '../../support/manyFacts.js';
import { addStaff, type StaffName, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const NOW = new Date('2026-11-25T10:00:00+01:00');
const COUNT = 5200;
const YEAR = parsePeriod({ periode: '2026' }, NOW);
const marie = staffMember('marie');

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: NOW });
  await addStaff(desk);
  await desk.parts.projectFacts.keep(
    Array.from({ length: COUNT }, (_, place) =>
      someFacts(place, place % 10 === 0 ? { currentPartner: 'ti-tiltam', partners: ['ti-tiltam'] } : {}),
    ),
  );
});
afterAll(() => desk.stop());
beforeEach(() => {
  desk.clock.now = NOW;
});
afterEach(() => desk.parts.exportRecords.model.deleteMany({}));

const start = (
  who: StaffName = 'marie',
  what: 'figures' | 'projects' | 'referrals' = 'projects',
  format: Format = 'csv',
  filters: Filters = {},
) => desk.services.startExport(staffMember(who), { what, format, period: YEAR, filters });
const bytesOf = async (id: string, who: StaffName = 'marie'): Promise<Buffer> =>
  buffer((await desk.services.fetchExport(staffMember(who), id)).bytes);
const linesOf = async (id: string, who: StaffName = 'marie'): Promise<string[][]> => {
  const text = (await bytesOf(id, who)).toString('utf8');
  return text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'));
};
const recordOf = (id: string) => desk.parts.exportRecords.byId(id);
const piecesOf = (id: string) => desk.parts.exportChunks.model.countDocuments({ export: id });
const later = (seconds: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + seconds * 1000);
};

describe('a file of projects', () => {
  it('has each row once, newest first, in pieces that make one file', async () => {
    const id = await start();
    expect(await recordOf(id)).toMatchObject({ state: 'waiting', done: 0 });
    expect(await desk.services.runExport(id)).toBe('done');
    const record = await recordOf(id);
    expect(record).toMatchObject({ state: 'done', done: COUNT, total: COUNT, attempt: 1 });
    expect(record?.chunks).toBeGreaterThan(1);
    expect(await piecesOf(id)).toBe(record?.chunks);
    const file = await desk.services.fetchExport(marie, id);
    expect(file).toMatchObject({ name: 'projets-2026-01-01-2026-12-31.csv', type: 'text/csv; charset=utf-8' });
    expect(await buffer(file.bytes)).toHaveLength(file.size);
    const lines = await linesOf(id);
    expect(new Set(lines.map(([reference]) => reference)).size).toBe(COUNT);
    const days = lines.map(([, day]) => day);
    expect(days).toEqual([...days].sort().reverse());
    expect(await desk.services.runExport(id)).toBe('nothing to do');
  });

  it('is, as a workbook, typed, with what each column says', async () => {
    const id = await start('marie', 'projects', 'xlsx', { partenaire: 'ti-tiltam' });
    await desk.services.runExport(id);
    const [projects, definitions] = await readWorkbook(await bytesOf(id));
    expect(projects?.sheet).toBe('Une ligne par projet');
    expect(projects?.data).toHaveLength(COUNT / 10 + 1);
    const [header = [], first = []] = projects?.data ?? [];
    const cell = (label: string) => first[header.indexOf(label)];
    expect(cell('Reçu le')).toBeInstanceOf(Date);
    expect(cell('Partenaires')).toBe(1);
    expect(cell('Code du partenaire')).toBe('ti-tiltam');
    expect(cell('Besoin principal')).toBe('Création d’entreprise'.replace('’', "'"));
    expect(cell('SIREN')).toBe('246300701');
    expect(definitions?.sheet).toBe('Définitions');
    expect(definitions?.data.slice(0, 4).map(([word]) => word)).toEqual([
      'Colonne',
      'Période',
      'Données au',
      'Filtre : Partenaire',
    ]);
    for (const label of header) expect(definitions?.data.map(([word]) => word)).toContain(label);
  });
});

/** A run in which something happens once `rows` rows are read. */
const interrupted = (id: string, rows: number, happen: () => Promise<unknown>, leaving?: AbortSignal) => {
  const { projectFacts } = desk.parts;
  const stream: RunExportParts['projectFacts']['stream'] = async function* (query) {
    let read = 0;
    for await (const batch of projectFacts.stream(query)) {
      if (read <= rows && rows < read + batch.length) await happen();
      read += batch.length;
      yield batch;
    }
  };
  return runExport({ ...desk.parts, projectFacts: { ...projectFacts, stream } })(id, leaving);
};

describe('a run cut short', () => {
  it('by a crash is told to the queue by the sweep, and begun again from clean', async () => {
    const id = await start();
    const whole = await start();
    await desk.services.runExport(whole);
    await expect(interrupted(id, 4000, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect(await recordOf(id)).toMatchObject({ state: 'running', total: COUNT, attempt: 1 });
    expect((await recordOf(id))?.done).toBeGreaterThanOrEqual(2000);
    expect(await piecesOf(id)).toBeGreaterThan(0);
    expect(await desk.services.runExport(id)).toBe('nothing to do');
    await expect(bytesOf(id)).rejects.toThrow(NotFound);

    later(31);
    const told: string[] = [];
    await desk
      .with({
        enqueue: async () => true,
        enqueueReplays: async () => true,
        enqueueExports: async (ids) => told.push(...ids) > 0,
      })
      .sweep();
    expect(told).toEqual([id]);
    expect(await desk.services.runExport(id)).toBe('done');
    expect(await recordOf(id)).toMatchObject({ state: 'done', attempt: 2, done: COUNT });
    expect(await bytesOf(id)).toEqual(await bytesOf(whole));
    expect(await desk.parts.exportChunks.model.countDocuments({ export: id, attempt: 1 })).toBe(0);
  });

  it('by a worker that leaves is given back', async () => {
    const id = await start();
    const leaving = new AbortController();
    expect(await interrupted(id, 2500, async () => leaving.abort(), leaving.signal)).toBe('released');
    expect((await recordOf(id))?.state).toBe('waiting');
    expect(await desk.services.runExport(id)).toBe('done');
  });

  it('by who asked for it leaves nothing', async () => {
    const id = await start();
    expect(await interrupted(id, 2500, () => desk.services.removeExport(marie, id))).toBe('stopped');
    expect(await recordOf(id)).toBeNull();
    expect(await piecesOf(id)).toBe(0);
  });

  it('by a worker that wakes up late writes nothing over the other', async () => {
    const id = await start();
    const outcome = await interrupted(id, 2500, async () => {
      later(31);
      expect(await desk.services.runExport(id)).toBe('done');
    });
    expect(outcome).toBe('stopped');
    expect(await recordOf(id)).toMatchObject({ state: 'done', attempt: 2, done: COUNT });
    expect(await linesOf(id)).toHaveLength((await recordOf(id))?.done ?? 0);
  });

  it('again and again is given up', async () => {
    const id = await start();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await expect(interrupted(id, 10, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
      later(31);
    }
    expect(await desk.services.runExport(id)).toBe('failed');
    expect(await recordOf(id)).toMatchObject({ state: 'failed', failedBecause: expect.stringContaining('5 tries') });
  });
});

describe('a file that waits', () => {
  it('for Redis is told to the queue by the sweep', async () => {
    const away = desk.with({ enqueueExports: async () => false });
    const id = await away.startExport(marie, { what: 'figures', format: 'csv', period: YEAR, filters: {} });
    const told: string[] = [];
    await desk
      .with({
        enqueue: async () => true,
        enqueueReplays: async () => true,
        enqueueExports: async (ids) => told.push(...ids) > 0,
      })
      .sweep();
    expect(told).toContain(id);
  });

  it('for its reader is kept seven days, then only its line is', async () => {
    const id = await start('odile', 'figures');
    await desk.services.runExport(id);
    const odile = staffMember('odile');
    later(6.9 * 86_400);
    expect((await bytesOf(id, 'odile')).length).toBeGreaterThan(1000);
    later(0.2 * 86_400);
    await expect(desk.services.fetchExport(odile, id)).rejects.toThrow(Gone);
    expect((await desk.services.readExports(odile)).map((one) => one.id)).toEqual([id]);
  });
});

const announced = async (id: string) =>
  (await desk.parts.deliveries.model.find({ email: 'account-export-ready', occasion: id }).lean()).map(
    ({ about, audience }) => ({ about, audience }),
  );

describe('the e-mail that a file is ready', () => {
  it('goes to who waited more than a minute, once', async () => {
    const id = await start();
    await interrupted(id, 2500, async () => later(25));
    expect(await announced(id)).toEqual([]);

    const slow = await start();
    later(61);
    await desk.services.runExport(slow);
    expect(await announced(slow)).toEqual([{ about: { kind: 'account', id: 'marie' }, audience: 'account' }]);
  });
});

describe('who may have what', () => {
  it.each(['odile', 'anne', 'admin'] as const)('rows are not for %s', async (who) => {
    for (const what of ['projects', 'referrals'] as const) await expect(start(who, what)).rejects.toThrow(Forbidden);
  });

  it('figures are for observers, and not for advisors', async () => {
    const id = await start('odile', 'figures', 'xlsx');
    expect(await desk.services.runExport(id)).toBe('done');
    const names = (await readWorkbook(await bytesOf(id, 'odile'))).map(({ sheet }) => sheet);
    expect(names[0]).toBe('Chiffres');
    expect(names.at(-1)).toBe('Définitions');
    await expect(start('anne', 'figures')).rejects.toThrow(Forbidden);
  });

  it('leads have the rows of their own partner, whatever they ask for', async () => {
    const id = await start('lea', 'projects', 'csv', { partenaire: 'cci-puy-de-dome' });
    await desk.services.runExport(id);
    const lines = await linesOf(id, 'lea');
    expect(lines.length).toBeGreaterThanOrEqual(COUNT / 10);
    expect(lines.every((line) => line.includes('ti-tiltam') && !line.includes('cci-puy-de-dome'))).toBe(true);
  });

  it('a file is for who asked for it alone', async () => {
    const id = await start();
    await desk.services.runExport(id);
    const paul = staffMember('paul');
    await expect(desk.services.fetchExport(paul, id)).rejects.toThrow(NotFound);
    await expect(desk.services.removeExport(paul, id)).rejects.toThrow(NotFound);
    expect(await desk.services.readExports(paul)).toEqual([]);
    await expect(desk.services.readExports(staffMember('anne'))).rejects.toThrow(Forbidden);
    await expect(desk.services.fetchExport({ ...marie, role: 'observer' }, id)).rejects.toThrow(Forbidden);
  });

  it('who has no account any more gets nothing', async () => {
    const gone = { ...marie, id: 'gone' };
    const id = await desk.services.startExport(gone, { what: 'projects', format: 'csv', period: YEAR, filters: {} });
    expect(await desk.services.runExport(id)).toBe('failed');
  });

  it('is asked for a few times at once, with two filters at most', async () => {
    for (let asked = 0; asked < MOST_UNDER_WAY; asked += 1) await start();
    await expect(start()).rejects.toThrow(Invalid);
    await expect(start('paul', 'projects', 'csv', { besoin: 'water', lien: 'guichet' })).rejects.toThrow(Invalid);
  });
});

describe('what leaves the desk', () => {
  it('names nobody, and tells nothing that people wrote', async () => {
    const { services, arrives } = arrivals(desk);
    await arrives();
    await services.refreshFacts();
    const { facts, contact } = (await desk.parts.projects.byIds([(await arrives()).project]))[0] ?? {};
    await services.refreshFacts();
    for (const what of ['projects', 'referrals'] as const) {
      const id = await start('marie', what);
      await desk.services.runExport(id);
      const text = (await bytesOf(id)).toString('utf8');
      expect(text).toContain('ti-tiltam');
      for (const secret of [facts?.title, facts?.summary, contact?.email, contact?.phone, 'Camille'])
        if (secret) expect(text).not.toContain(secret);
    }
  });
});
