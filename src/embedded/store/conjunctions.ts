import { equal } from './compare.js';
import { hasOperators } from './match.js';
import { isIndex } from './paths.js';
import { type Doc, isDoc } from './values.js';

/** A condition on one path that a document must pass. */
export interface Term {
  path: string;
  condition: unknown;
  /** Taken out of an $elemMatch of documents: it is asked of one element, and says nothing where the field is missing. */
  within: boolean;
}

/** Terms that all must hold; the filter matches only documents for which those of at least one conjunction do. */
export interface Conjunction {
  terms: Term[];
  /** Whether the terms say all that the filter says. */
  complete: boolean;
}

const MOST_CONJUNCTIONS = 32;
/** Says nothing of the documents: all are read, and the whole filter is asked of each. */
const NOTHING: Conjunction = { terms: [], complete: false };

/** @param orsToo whether an $or is multiplied out; otherwise it is left aside, and there is exactly one conjunction. */
export function conjunctionsOf(filter: Doc, orsToo: boolean): Conjunction[] {
  return Object.entries(filter)
    .map(([path, condition]) => alternatives(path, condition, orsToo))
    .reduce(multiply, [{ terms: [], complete: true }]);
}

function alternatives(path: string, condition: unknown, orsToo: boolean): Conjunction[] {
  if (path === '$comment') return [{ terms: [], complete: true }];
  if (path === '$and') return (condition as Doc[]).map((clause) => conjunctionsOf(clause, orsToo)).reduce(multiply);
  const isSingle = path === '$or' && (condition as Doc[]).length === 1;
  if (path === '$or' && (orsToo || isSingle)) {
    const any = (condition as Doc[]).flatMap((clause) => conjunctionsOf(clause, orsToo));
    return any.length > MOST_CONJUNCTIONS ? [NOTHING] : any;
  }
  if (path.startsWith('$')) return [NOTHING];
  return [{ terms: [{ path, condition, within: false }, ...termsWithin(path, condition)], complete: true }];
}

function termsWithin(path: string, condition: unknown): Term[] {
  const element = hasOperators(condition) ? condition['$elemMatch'] : undefined;
  if (!isDoc(element)) return [];
  return Object.entries(element)
    .filter(([inner]) => !inner.startsWith('$') && !isIndex(inner.split('.')[0]!))
    .map(([inner, asked]) => ({ path: `${path}.${inner}`, condition: asked, within: true }));
}

function multiply(some: Conjunction[], others: Conjunction[]): Conjunction[] {
  if (some.length * others.length > MOST_CONJUNCTIONS) {
    return (some.length > others.length ? others : some).map(({ terms }) => ({ terms, complete: false }));
  }
  return some.flatMap((one) =>
    others.map((other) => ({
      terms: [...one.terms, ...other.terms],
      complete: one.complete && other.complete,
    })),
  );
}

/** Whether a condition of a partial index stands among the terms as it is. */
export function states(terms: Term[], path: string, condition: unknown): boolean {
  return terms.some((term) => !term.within && term.path === path && equal(plain(term.condition), plain(condition)));
}

function plain(condition: unknown): unknown {
  if (!hasOperators(condition) || !Object.hasOwn(condition, '$eq')) return condition;
  return Object.keys(condition).length === 1 ? condition['$eq'] : condition;
}
