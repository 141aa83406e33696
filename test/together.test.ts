import { AsyncLocalStorage } from 'node:async_hooks';
import { onceTogether, together } from '../src/together.js';

/** A question that is answered when told. */
const slow = () => {
  const asked: string[][] = [];
  const answering: (() => void)[] = [];
  const ask = (keys: string[]): Promise<string[]> => {
    asked.push(keys);
    return new Promise((answer, fail) => {
      answering.push(() => (keys.includes('bad') ? fail(new Error('away')) : answer(keys.map((key) => `of ${key}`))));
    });
  };
  return { asked, ask, answer: () => answering.shift()?.() };
};
const turn = (): Promise<void> => new Promise((over) => setImmediate(over));

describe('questions asked together', () => {
  it('leave with the next one while one is under way, each with its own answer', async () => {
    const { asked, ask, answer } = slow();
    const one = together(ask);
    const first = one('a');
    await turn();
    const others = [one('b'), one('c')];
    await turn();
    expect(asked).toEqual([['a']]);
    answer();
    expect(await first).toBe('of a');
    await turn();
    expect(asked).toEqual([['a'], ['b', 'c']]);
    answer();
    expect(await Promise.all(others)).toEqual(['of b', 'of c']);
  });

  it('leave without the one under way when it has no answer for too long, which may still come', async () => {
    const { asked, ask, answer } = slow();
    const one = together(ask, 1);
    const lost = one('a');
    await turn();
    const other = one('b');
    while (asked.length < 2) await turn();
    expect(asked).toEqual([['a'], ['b']]);
    answer();
    expect(await lost).toBe('of a');
    answer();
    expect(await other).toBe('of b');
  });

  it('belong each to the request of the first that waited for it', async () => {
    const request = new AsyncLocalStorage<string>();
    const asked: [string | undefined, string[]][] = [];
    const one = together(async (keys: string[]) => {
      asked.push([request.getStore(), keys]);
      await turn();
      return keys;
    });
    const askIn = (name: string, key: string) => request.run(name, () => one(key));
    const first = askIn('first', 'a');
    await turn();
    await Promise.all([first, askIn('second', 'b'), askIn('third', 'c').then(() => askIn('third', 'd'))]);
    expect(asked).toEqual([
      ['first', ['a']],
      ['second', ['b', 'c']],
      ['third', ['d']],
    ]);
  });

  it('are asked anew each time, and go on after a failure', async () => {
    const { asked, ask, answer } = slow();
    const one = together(ask);
    const failing = [expect(one('bad')).rejects.toThrow('away'), expect(one('a')).rejects.toThrow('away')];
    await turn();
    answer();
    await Promise.all(failing);
    const again = one('a');
    await turn();
    answer();
    expect(await again).toBe('of a');
    expect(asked).toEqual([['bad', 'a'], ['a']]);
  });

  it('ask once for what several want', async () => {
    const asked: string[] = [];
    const one = onceTogether(async (keys: string[]) => {
      asked.push(...keys);
      return keys.map((key) => key.length);
    });
    expect(await Promise.all([one('abc'), one('abc'), one('d')])).toEqual([3, 3, 1]);
    expect(asked).toEqual(['abc', 'd']);
  });
});
