/** Who has changed something that others do not see yet: an open transaction. */
export interface Holder {
  /** Settles when it has been committed or aborted. */
  readonly ended: Promise<void>;
}

/**
 * What open transactions have changed. Until they end nobody else may change the same: another transaction is broken off, a
 * plain write waits.
 */
export interface Claims {
  isEmpty(): boolean;
  /** Who else holds this; null when nobody does. */
  other(claim: string, self: Holder | null): Holder | null;
  add(claim: string, holder: Holder): void;
  release(holder: Holder): void;
}

/** Asked before each change, by whoever makes it. Errors: those by which it must not be made. */
export interface Guard {
  /** Whether nothing that it could be asked has another answer than yes. */
  isIdle(): boolean;
  /** Before a document changes, or a value that may be there once comes or goes: by the bytes that its keys begin with. */
  change(key: Buffer): void;
  /** Before the documents of a collection change. */
  enter(collection: object): void;
  /** Before a collection is made, goes, or gets other indexes or another name. */
  reshape(namespace: string): void;
}

/** Thrown when a plain write must wait until a transaction has ended, and begin anew. Nothing has been changed then. */
export class Held extends Error {
  constructor(readonly holder: Holder) {
    super('An open transaction has changed the same');
    this.name = 'Held';
  }
}

export const keyClaim = (key: Buffer): string => `k${key.toString('latin1')}`;
export const namespaceClaim = (namespace: string): string => `n${namespace}`;

export function createClaims(): Claims {
  const holders = new Map<string, Set<Holder>>();
  const held = new Map<Holder, Set<string>>();
  return {
    isEmpty: () => holders.size === 0,
    other: (claim, self) => {
      for (const holder of holders.get(claim) ?? []) if (holder !== self) return holder;
      return null;
    },
    add: (claim, holder) => {
      setAt(holders, claim).add(holder);
      setAt(held, holder).add(claim);
    },
    release: (holder) => {
      for (const claim of held.get(holder) ?? []) {
        const left = holders.get(claim);
        left?.delete(holder);
        if (left?.size === 0) holders.delete(claim);
      }
      held.delete(holder);
    },
  };
}

function setAt<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const found = map.get(key) ?? new Set<V>();
  map.set(key, found);
  return found;
}

/** The guard of plain writes. Errors: Held. */
export function plainGuard(claims: Claims): Guard {
  const refuse = (claim: string) => {
    const holder = claims.other(claim, null);
    if (holder !== null) throw new Held(holder);
  };
  return {
    isIdle: claims.isEmpty,
    change: (key) => refuse(keyClaim(key)),
    enter: () => undefined,
    reshape: (namespace) => refuse(namespaceClaim(namespace)),
  };
}
