import { Unavailable } from '../errors.js';
import { isStoreOutage } from './storeOutage.js';

type Call = (...args: unknown[]) => unknown;

/** Settles as the work does, or throws Unavailable after so many milliseconds; what the work becomes then, nobody hears. */
export const within = <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const give = (): void => reject(new Unavailable(`nothing within ${milliseconds} ms`));
    // After what the process has not read yet: its own stall is nobody's silence.
    const timer = setTimeout(() => setImmediate(give), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Generators are walked by their readers, at their pace: only what gives one promise is held to a time. */
const givesPromise = (value: unknown): value is Call =>
  typeof value === 'function' && value.constructor.name !== 'AsyncGeneratorFunction';

interface Gate {
  isAway: () => boolean;
  patience: number;
}

const heldCall =
  (call: Call, { isAway, patience }: Gate): Call =>
  async (...args) => {
    if (isAway()) throw new Unavailable();
    try {
      return await within(patience, Promise.resolve(call(...args)));
    } catch (error) {
      throw isStoreOutage(error) ? new Unavailable(error) : error;
    }
  };

const held = (repository: object, gate: Gate): object =>
  Object.fromEntries(
    Object.entries(repository).map(([name, value]) => [
      name,
      name !== 'model' && givesPromise(value) ? heldCall(value, gate) : value,
    ]),
  );

/**
 * Repositories whose calls end: refused at once while the store is known to be away, so that nothing queues for it, and
 * after `patience` milliseconds when it hangs. Both throw Unavailable, as do its outages; other errors pass.
 */
export const behindGate = <Repositories extends object>(repositories: Repositories, gate: Gate): Repositories =>
  Object.fromEntries(
    Object.entries(repositories).map(([name, repository]) => [name, held(repository as object, gate)]),
  ) as Repositories;
