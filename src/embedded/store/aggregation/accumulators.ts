import { type Collated, collatedKeys } from '../collatedKeys.js';
import { compare } from '../compare.js';
import { CommandError } from '../errors.js';
import { whole } from '../expressions/arrays.js';
import { isNull, orNull } from '../expressions/scope.js';
import { createDeviation } from '../expressions/statistics.js';
import { footprint } from '../footprint.js';
import { MISSING } from '../paths.js';
import type { Settings } from '../settings.js';
import { createSum } from '../summation.js';
import { typeName } from '../typeNames.js';
import { isDoc } from '../values.js';

/** Takes the values of one group one by one, MISSING where a document has none. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** What an accumulator is made with. */
export interface Making {
  settings: Settings;
  /** Counts what is held in memory. */
  hold(bytes: number): void;
  /** The n of $firstN and its like. */
  n: number;
}

export const ACCUMULATORS: Record<string, (making: Making) => Accumulator> = {
  $sum: () => {
    const sum = createSum();
    return { add: sum.add, result: sum.total };
  },
  $avg: () => {
    const sum = createSum();
    return { add: sum.add, result: sum.average };
  },
  $count: () => {
    let count = 0;
    return { add: () => count++, result: () => count };
  },
  $min: ({ settings }) => extreme(settings, 1),
  $max: ({ settings }) => extreme(settings, -1),
  $first: () => {
    let first: unknown;
    let isEmpty = true;
    return {
      add: (value) => {
        if (isEmpty) first = value;
        isEmpty = false;
      },
      result: () => orNull(first),
    };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value;
      },
      result: () => orNull(last),
    };
  },
  $push: ({ hold }) => {
    const all: unknown[] = [];
    return {
      add: (value) => {
        if (value === MISSING) return;
        hold(footprint(value));
        all.push(value);
      },
      result: () => all,
    };
  },
  $addToSet: ({ settings, hold }) => {
    const keyOf: Collated = collatedKeys(settings.collation);
    const distinct = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value === MISSING) return;
        const key = keyOf(value);
        if (distinct.has(key)) return;
        hold(2 * footprint(value));
        distinct.set(key, value);
      },
      result: () => [...distinct.values()],
    };
  },
  $mergeObjects: () => {
    let merged = {};
    return {
      add: (value) => {
        if (isNull(value)) return;
        if (!isDoc(value))
          throw new CommandError(
            40400,
            `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
          );
        merged = { ...merged, ...value };
      },
      result: () => merged,
    };
  },
  $stdDevPop: () => createDeviation(0),
  $stdDevSamp: () => createDeviation(1),
  $firstN: ({ n, hold }) => {
    const first: unknown[] = [];
    return {
      add: (value) => {
        if (first.length >= n) return;
        hold(footprint(value));
        first.push(orNull(value));
      },
      result: () => first,
    };
  },
  $lastN: ({ n, hold }) => {
    const last: unknown[] = [];
    return {
      add: (value) => {
        hold(footprint(value));
        last.push(orNull(value));
        if (last.length > n) hold(-footprint(last.shift()));
      },
      result: () => last,
    };
  },
  $minN: (making) => extremes(making, 1),
  $maxN: (making) => extremes(making, -1),
};

/** Those that take { input, n }. */
export const COUNTED_ACCUMULATORS = ['$firstN', '$lastN', '$minN', '$maxN'];

export function readCount(name: string, n: unknown): number {
  const count = whole(name, 5787902, n);
  if (count <= 0) throw new CommandError(5787908, `'n' must be greater than 0, found ${count}`);
  return count;
}

function extreme({ collation }: Settings, way: 1 | -1): Accumulator {
  let best: unknown = MISSING;
  return {
    add: (value) => {
      if (isNull(value)) return;
      if (best === MISSING || compare(value, best, collation) * way < 0) best = value;
    },
    result: () => orNull(best),
  };
}

function extremes({ settings: { collation }, n, hold }: Making, way: 1 | -1): Accumulator {
  let best: unknown[] = [];
  const arrange = () => {
    best = best.sort((a, b) => compare(a, b, collation) * way).slice(0, n);
  };
  return {
    add: (value) => {
      if (isNull(value)) return;
      if (best.length < n) hold(footprint(value));
      best.push(value);
      if (best.length > 2 * n + 16) arrange();
    },
    result: () => {
      arrange();
      return best;
    },
  };
}
