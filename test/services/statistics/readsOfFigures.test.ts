import { cellsOn } from '../../../src/data/cells.js';
import { channelsOn } from '../../../src/data/channels.js';
import { marksOn } from '../../../src/data/marks.js';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { openingHour } from '../../../src/domain/calendar/openingHour.js';
import { cellLaterBy, cellsOf } from '../../../src/domain/statistics/cells.js';
import { projectFacts } from '../../../src/domain/statistics/facts.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';
import { noteCounted } from '../../../src/services/statistics/lastCount.js';
import { readFigures } from '../../../src/services/statistics/readFigures.js';
import { COMMUNES, NEEDS, PARTNERS, STAGES } from '../../support/randomHistories.js';
import { staffMember } from '../../support/staff.js';
import { startTestStore } from '../../support/startStore.js';
import { aProject, story } from '../../support/stories.js';
import { watchQueries } from '../../support/watchQueries.js';

const NOW = new Date('2026-12-15T10:00:00+01:00');
const MONTHS = Array.from({ length: 12 }, (_, place) => `2026-${String(place + 1).padStart(2, '0')}`);
const territory = loadTerritory();

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
beforeAll(async () => {
  embedded = await startTestStore();
  watched = await watchQueries(embedded.uri);
});
afterAll(async () => {
  await watched.close();
  await embedded.stop();
});

/** Of every `i`, one partner, place, need and stage of the same few: twenty times as many projects, no more variety. */
const factsOf = (month: string, i: number) => {
  const at = `${month}-${String((i % 28) + 1).padStart(2, '0')}T10:00:00+01:00`;
  const partner = PARTNERS[i % PARTNERS.length] ?? null;
  const need = NEEDS[Math.floor(i / 4) % NEEDS.length];
  const commune = COMMUNES[Math.floor(i / 2) % COMMUNES.length] ?? null;
  const stage = STAGES[Math.floor(i / 8) % STAGES.length] ?? null;
  const project = aProject({
    id: `${month}-${i}`,
    submittedAt: new Date(at),
    facts: { commune, needs: need ? [need] : [], stage },
  });
  return projectFacts(project, story(project.id, ['submitted', at], ['referred', at, { partner }]), territory);
};

const partsOn = () => ({
  cells: cellsOn(watched.connection),
  channels: channelsOn(watched.connection),
  marks: marksOn(watched.connection),
  territory,
  clock: () => NOW,
});

/** Of a month, before any is counted again. */
const SOME = 84;
const someOf = new Map(MONTHS.map((month) => [month, Array.from({ length: SOME }, (_, i) => factsOf(month, i))]));

/** Counts so many times some referrals of twelve months, and says what the store looks at to answer. */
const readsAt = async (times: number) => {
  const parts = partsOn();
  await parts.cells.model.createIndexes();
  for (const month of MONTHS) {
    const rows = Array.from({ length: times }, () => someOf.get(month) ?? []).flat();
    const cells = cellsOf(rows, NOW).map((cell) => cellLaterBy(cell, -openingHour(NOW)));
    await parts.cells.write(month, month, cells);
  }
  await noteCounted(parts, NOW);
  const period = parsePeriod({}, NOW);
  const read = (filters: Record<string, string>) =>
    watched.watch(() => readFigures(parts)(staffMember('marie'), { period, filters }));
  const asked = [
    await read({}),
    await read({ partenaire: 'ti-riom-vichy' }),
    await read({ territoire: 'riom-vichy' }),
    await read({ besoin: 'export', avancement: 'idea' }),
  ];
  const submitted = asked[0]?.given.figures.find(({ id }) => id === 'submitted')?.figure.value;
  return { submitted, seen: asked.map(({ seen }) => seen) };
};

test('figures of 20 000 referrals are read from as many documents as those of 1 000, and by index', async () => {
  const few = await readsAt(1);
  const many = await readsAt(20);
  expect(few.submitted).toBe(1008);
  expect(many.submitted).toBe(20_160);
  const docs = ({ seen }: typeof few) => seen.map((reads) => reads.reduce((sum, { docs: read }) => sum + read, 0));
  expect(docs(many)).toEqual(docs(few));
  // A cell a month, and the mark of the last count each time that months are read.
  expect(Math.max(...docs(many))).toBeLessThan(100);
  // The list of entry links, which is empty here and always short, is read whole.
  const stages = new Set(many.seen.flat().flatMap(({ stages: own, docs: read }) => (read > 0 ? own : [])));
  expect([...stages]).not.toContain('COLLSCAN');
});
