import { forRequest, requestId } from '../../../src/logger.js';
import { inGroups } from '../../../src/services/sending/inGroups.js';

const turn = (): Promise<void> => new Promise((over) => setImmediate(over));

/** Work that ends when told, by its name. */
const slow = () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string): Promise<string> => {
    begun.push(name);
    return new Promise((done, fail) =>
      ends.set(name, () => (name === 'bad' ? fail(new Error('away')) : done(`${name} done`))),
    );
  };
  return { begun, work, end: (name: string) => ends.get(name)?.() };
};

describe('work in groups', () => {
  it('begins at once while there is room; then what comes waits, and begins as one group when another has ended', async () => {
    const { begun, work, end } = slow();
    const one = inGroups(work, { groups: 2, atMost: 2 });
    const all = [one('a'), one('b')];
    await turn();
    all.push(one('c'));
    await turn();
    expect(begun).toEqual(['a', 'b', 'c']);
    all.push(one('d'), one('e'), one('f'));
    await turn();
    end('a');
    await turn();
    expect(begun).toEqual(['a', 'b', 'c']);
    end('b');
    await turn();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
    end('c');
    await turn();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    for (const name of ['d', 'e', 'f']) end(name);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name} done`));
  });

  it('goes on after one that fails, which fails alone', async () => {
    const { work, end } = slow();
    const one = inGroups(work, { groups: 1, atMost: 1 });
    const failing = expect(one('bad')).rejects.toThrow('away');
    const next = one('a');
    await turn();
    end('bad');
    await failing;
    await turn();
    end('a');
    expect(await next).toBe('a done');
  });

  it('does each in the request that asked for it, whoever begins the group', async () => {
    const seen = new Map<string, string | undefined>();
    const one = inGroups(
      async (name: string) => {
        await turn();
        seen.set(name, requestId());
      },
      { groups: 1, atMost: 2 },
    );
    const asked = ['a', 'b', 'c', 'd'].map((name) => forRequest(`request of ${name}`, () => one(name)));
    await Promise.all([...asked, one('e')]);
    expect(Object.fromEntries(seen)).toEqual({
      a: 'request of a',
      b: 'request of b',
      c: 'request of c',
      d: 'request of d',
      e: undefined,
    });
  });
});
