import { marksOn } from '../../../src/data/marks.js';
import { countAlone } from '../../../src/services/statistics/lastCount.js';
import { startTestStore } from '../../support/startStore.js';
import { watchQueries } from '../../support/watchQueries.js';

const BEGUN = new Date('2026-12-15T10:00:00+01:00');
const HELD = 'figures held until';
const after = (minutes: number): Date => new Date(BEGUN.getTime() + minutes * 60_000);

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
beforeAll(async () => {
  embedded = await startTestStore();
  watched = await watchQueries(embedded.uri);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await watched.close();
  await embedded.stop();
});

/** A count that goes on until it is told to end, with what it does every twenty seconds. */
const beginCount = async (parts: Parameters<typeof countAlone>[0]) => {
  const timers = jest.spyOn(globalThis, 'setInterval');
  let end: () => void = () => undefined;
  let isBegun: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    isBegun = resolve;
  });
  const counted = countAlone(parts, () => {
    isBegun();
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  await begun;
  const [giveSign] = timers.mock.calls.find(([, delay]) => delay === 20_000) ?? [];
  return { giveSign: giveSign as () => void, end: () => end(), counted };
};

test('a count that goes on keeps others from it; one that was killed does so for two minutes', async () => {
  let now = BEGUN;
  const parts = { marks: marksOn(watched.connection), clock: () => now };
  const countElsewhere = (): Promise<string | null> => countAlone(parts, async () => 'counted');
  const { giveSign, end, counted } = await beginCount(parts);
  now = after(1.9);
  expect(await countElsewhere()).toBeNull();
  const held = await parts.marks.read(HELD);
  giveSign();
  while ((await parts.marks.read(HELD)) === held);
  now = after(3.8);
  expect(await countElsewhere()).toBeNull();
  now = after(4);
  // Whoever was silent for so long, and ends meanwhile, frees nothing that somebody else holds.
  const third = await countAlone(parts, async () => {
    end();
    await counted;
    return { said: await countElsewhere() };
  });
  expect(third).toEqual({ said: null });
  expect(await countElsewhere()).toBe('counted');
});
