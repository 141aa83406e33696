import { AsyncResource } from 'node:async_hooks';

interface Asked<Key, Answer> {
  key: Key;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** Milliseconds for which a question without an answer keeps the next one waiting: its connection may have been lost. */
const AT_MOST = 1000;

/**
 * Asks for several at a time: what is asked for while a question is under way leaves with the next one, after `atMost`
 * milliseconds, so that many pages or e-mails under way cost few round trips, and one alone waits for nobody. Nothing is
 * remembered: each answer was read after it was asked for. `ask` gives one answer a key, in their order; when it fails, so do
 * all that it was asked for. A question belongs to the request of the first that waited for it. Two may be under way, when the
 * first takes long: what they write must be guarded. Several may be given the same: nobody changes what was read.
 */
export const together = <Key, Answer>(
  ask: (keys: Key[]) => Promise<readonly Answer[]>,
  atMost = AT_MOST,
): ((key: Key) => Promise<Answer>) => {
  let waiting: Asked<Key, Answer>[] = [];
  let isUnderWay = false;
  let leave = (): void => undefined;

  const next = async (): Promise<void> => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    const asked = waiting;
    waiting = [];
    let isOver = false;
    const letNext = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      isUnderWay = false;
      leave();
    };
    const timer = setTimeout(letNext, atMost).unref();
    try {
      const answers = await ask(asked.map(({ key }) => key));
      for (const [i, { resolve }] of asked.entries()) resolve(answers[i] as Answer);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    letNext();
  };

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) {
        const first = new AsyncResource('TOGETHER');
        leave = () => void first.runInAsyncScope(next);
      }
      waiting.push({ key, resolve, reject });
      // Those asked for in the same turn leave together too.
      queueMicrotask(leave);
    });
};

/** The same, of questions about one thing each: the same thing asked for by several is asked once. */
export const onceTogether = <Key, Answer>(
  ask: (keys: Key[]) => Promise<readonly Answer[]>,
): ((key: Key) => Promise<Answer>) =>
  together(async (keys: Key[]) => {
    const asked = [...new Set(keys)];
    const answers = await ask(asked);
    const found = new Map(asked.map((key, i) => [key, answers[i] as Answer]));
    return keys.map((key) => found.get(key) as Answer);
  });
