import { places } from '../../src/delivery/places.js';

const turn = (): Promise<void> => new Promise((over) => setImmediate(over));

it('so many are under way at once, the others in their order, also after one that fails', async () => {
  const inTurn = places(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((number) =>
    inTurn(() => {
      begun.push(number);
      return new Promise<number>((done, fail) => {
        ends[number] = () => (number === 1 ? fail(new Error('away')) : done(number));
      });
    }),
  );
  await turn();
  expect(begun).toEqual([0, 1]);
  const failing = expect(all[1]).rejects.toThrow('away');
  ends[1]?.();
  await failing;
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  expect(await Promise.all([all[0], all[2], all[3]])).toEqual([0, 2, 3]);
});
