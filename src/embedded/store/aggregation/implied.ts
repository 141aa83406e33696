import { MISSING } from '../paths.js';
import type { Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';

/**
 * A filter with what its $expr implies beside it: where a field must equal a variable or a constant, an index may tell.
 * Documents that it would leave out do not match anyway.
 */
export function withImplied(filter: Doc, { variables, collation }: Settings): Doc {
  if (collation !== null) return filter;
  const implied = equalities(filter, variables);
  return implied.length === 0 ? filter : { $and: [filter, ...implied] };
}

function equalities(filter: Doc, variables: Doc): Doc[] {
  const all = filter['$and'];
  const within = Array.isArray(all) ? all.flatMap((one) => (isDoc(one) ? equalities(one, variables) : [])) : [];
  return [...inExpression(filter['$expr'], variables), ...within];
}

function inExpression(expression: unknown, variables: Doc): Doc[] {
  if (!isDoc(expression)) return [];
  const { $and: all, $eq: pair } = expression;
  if (Array.isArray(all)) return all.flatMap((one) => inExpression(one, variables));
  if (!Array.isArray(pair) || pair.length !== 2) return [];
  const [a, b] = isPath(pair[0]) ? pair : [pair[1], pair[0]];
  if (!isPath(a)) return [];
  const value = constant(b, variables);
  // An array as a whole is not what a filter on a path through arrays compares.
  return value === MISSING || Array.isArray(value) ? [] : [{ [a.slice(1)]: { $eq: value } }];
}

function isPath(expression: unknown): expression is string {
  return typeof expression === 'string' && /^\$[^$]/.test(expression);
}

function constant(expression: unknown, variables: Doc): unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const name = expression.slice(2);
    return expression.startsWith('$$') && Object.hasOwn(variables, name) ? variables[name] : MISSING;
  }
  if (isDoc(expression)) return Object.keys(expression).join() === '$literal' ? expression['$literal'] : MISSING;
  return Array.isArray(expression) ? MISSING : expression;
}
