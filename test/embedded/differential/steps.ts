import { Decimal128, Long } from 'bson';
import fc from 'fast-check';
import { anyDoc, anyFilter, anyIndexes, anySort } from '../store/queryArbitraries.js';
import type { Doc } from './obviousMatch.js';

export type Indexes = { key: Record<string, number>; name: string }[];

/** One random thing to do. */
export type Step =
  | { kind: 'indexes'; indexes: Indexes }
  | { kind: 'insert'; doc: Doc }
  | { kind: 'replace'; at: number; doc: Doc }
  | { kind: 'set'; filter: Doc; value: unknown }
  | { kind: 'remove'; filter: Doc }
  | { kind: 'find'; filter: Doc; sort: Record<string, number>; skip: number; limit: number };

const INDEXES_EVERY = 250;
/** As many values of the unique field. */
const KEYS = 400;

const scalar = fc.constantFrom<unknown>(0, 1, 2.5, 'a', 'abc', null, Long.fromNumber(2), Decimal128.fromString('2.50'));
const doc = fc
  .tuple(anyDoc, fc.option(fc.nat(KEYS), { nil: undefined }), fc.option(scalar, { nil: undefined }))
  .map(([one, k, c]): Doc => ({ ...one, ...(k !== undefined && { k }), ...(c !== undefined && { c }) }));
const write = fc.oneof(
  { weight: 6, arbitrary: doc.map((one) => ({ kind: 'insert' as const, doc: one })) },
  { weight: 3, arbitrary: fc.tuple(fc.nat(), doc).map(([at, one]) => ({ kind: 'replace' as const, at, doc: one })) },
  {
    weight: 1,
    arbitrary: fc.tuple(anyFilter, scalar).map(([filter, value]) => ({ kind: 'set' as const, filter, value })),
  },
  { weight: 1, arbitrary: anyFilter.map((filter) => ({ kind: 'remove' as const, filter })) },
);
const step = fc.oneof(
  { weight: 1, arbitrary: write },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyFilter, anySort, fc.nat(3), fc.nat(20))
      .map(([filter, sortFor, skip, limit]) => ({ kind: 'find' as const, filter, sortFor, skip, limit })),
  },
);

/** The same keys twice would be refused. */
const differing = (indexes: Indexes): Indexes =>
  indexes.filter(({ key }, i) => indexes.findIndex((other) => JSON.stringify(other.key) === JSON.stringify(key)) === i);

/** The same steps for the same seed. Sorts are often those of an index that is there. */
export function* chooseSteps(count: number, seed: number): Generator<Step> {
  const changes = fc.sample(anyIndexes, { numRuns: Math.ceil(count / INDEXES_EVERY), seed }) as Indexes[];
  let indexes: Indexes = [];
  let id = 0;
  for (const [i, one] of fc.sample(step, { numRuns: count, seed }).entries()) {
    if (i % INDEXES_EVERY === 0) {
      indexes = differing(changes[i / INDEXES_EVERY]!);
      yield { kind: 'indexes', indexes };
    }
    if (one.kind === 'insert') yield { kind: 'insert', doc: { _id: id++, ...one.doc } };
    else if (one.kind !== 'find') yield one as Step;
    else {
      const { sortFor, ...rest } = one;
      yield { ...rest, filter: rest.filter as Doc, sort: sortFor(indexes) };
    }
  }
}
