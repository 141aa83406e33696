import type { Catalog } from '../catalog.js';
import { CommandError } from '../errors.js';
import { Held, type Holder, namespaceClaim } from '../storage/claims.js';
import { carryOut, createDraft } from './draft.js';

/**
 * Carries out a plain write, which waits for the open transactions that have changed the same.
 * @param maxTimeMs how long it may wait; 0 for as long as those are open
 * Errors: those of the write, DiskFailure, CommandError 50 when it waited too long.
 */
export async function writePlainly<T>(catalog: Catalog, maxTimeMs: number, act: (catalog: Catalog) => T): Promise<T> {
  const deadline = maxTimeMs > 0 ? performance.now() + maxTimeMs : Number.POSITIVE_INFINITY;
  for (;;) {
    try {
      return await catalog.storage.write(() => act(catalog));
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      await waitFor(error.holder, deadline);
    }
  }
}

/**
 * Changes documents of some collections, which stays undone when it comes to what a transaction has changed. Within a change.
 * Errors: those of `act`, what it did before them is done; Held.
 */
export function drafting<T>(namespaces: string[], act: (catalog: Catalog) => T): (catalog: Catalog) => T {
  return (catalog) => {
    const { storage } = catalog;
    // A transaction that has changed anything of a collection holds its name too.
    const isShared = namespaces.some((namespace) => storage.claims.other(namespaceClaim(namespace), null) !== null);
    if (!isShared) return act(catalog);
    const draft = createDraft(catalog, storage, storage.guard, () => undefined);
    let outcome: () => T;
    try {
      const value = act(draft.catalog);
      outcome = () => value;
    } catch (error) {
      if (error instanceof Held) throw error;
      outcome = () => {
        throw error;
      };
    }
    carryOut(catalog, draft);
    return outcome();
  };
}

async function waitFor({ ended }: Holder, deadline: number): Promise<void> {
  if (deadline === Number.POSITIVE_INFINITY) return ended;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const refuse = () => reject(new CommandError(50, 'operation exceeded time limit'));
    timer = setTimeout(refuse, Math.max(0, deadline - performance.now()));
  });
  try {
    await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
