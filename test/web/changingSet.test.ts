import fc from 'fast-check';
import { changingSet, type Member } from '../../src/web/changingSet.js';

it('holds what came and has not left, in whatever order they come and go', () => {
  // A number lets the one of that place leave, out of all that ever came; null lets another one come.
  const turns = fc.array(fc.option(fc.nat(30), { nil: null }), { maxLength: 200 });
  fc.assert(
    fc.property(turns, (asked) => {
      const set = changingSet<number>();
      const came: Member<number>[] = [];
      const there = new Set<number>();
      for (const turn of asked) {
        if (turn === null) {
          there.add(came.length);
          came.push(set.add(came.length));
        } else {
          there.delete(turn);
          came[turn]?.leave();
        }
        const found = set.members().map(({ item }) => item);
        expect(found.toSorted((a, b) => a - b)).toEqual([...there]);
        expect(set.size).toBe(there.size);
      }
    }),
  );
});

it('lets them leave while they are walked through', () => {
  const set = changingSet<string>();
  for (const item of ['a', 'b', 'c', 'd']) set.add(item);
  for (const { item, leave } of set.members()) if (item !== 'c') leave();
  expect(set.members().map(({ item }) => item)).toEqual(['c']);
});
