import { collatedKeys } from '../collatedKeys.js';
import { CommandError } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import { namedOperands, orNull } from '../expressions/scope.js';
import { type Flow, PAUSE, type Step, withPauses } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import type { Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';
import { ACCUMULATORS, type Accumulator, COUNTED_ACCUMULATORS, readCount } from './accumulators.js';
import type { Stage } from './stage.js';

interface Field {
  name: string;
  value: (doc: Doc) => unknown;
  create: (hold: (bytes: number) => void, first: Doc) => Accumulator;
}

interface Group {
  id: unknown;
  fields: Accumulator[];
}

/** About what a group takes beside its _id, for each of its fields. */
const FIELD_BYTES = 64;

/**
 * Compiles a $group stage; groups come in the order in which they first appear. It holds its groups, not their documents.
 * Errors: CommandError 15952 naming an accumulator that is unknown or not served.
 */
export function groupDocs(operand: unknown, settings: Settings): Stage {
  if (!isDoc(operand)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(operand, '_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const { _id, ...others } = operand;
  const groupOf = prepareExpression(_id, settings);
  const fields = Object.entries(others).map(([name, value]) => prepareField(name, value, settings));
  return function* (flow: Flow): Generator<Step> {
    const hold = createBudget('$group');
    const keyOf = collatedKeys(settings.collation);
    const groups = new Map<string, Group>();
    for (const step of flow) {
      if (step === PAUSE) {
        yield PAUSE;
        continue;
      }
      const id = orNull(groupOf(step));
      const key = keyOf(id);
      let group = groups.get(key);
      if (group === undefined) {
        hold(2 * footprint(id) + FIELD_BYTES * (1 + fields.length));
        group = { id, fields: fields.map(({ create }) => create(hold, step)) };
        groups.set(key, group);
      }
      for (let i = 0; i < fields.length; i++) group.fields[i]!.add(fields[i]!.value(step));
    }
    yield* withPauses(results(groups, fields));
  };
}

function* results(groups: Map<string, Group>, fields: Field[]): Generator<Doc> {
  for (const [key, group] of groups) {
    const out: Doc = { _id: group.id };
    for (let i = 0; i < fields.length; i++) out[fields[i]!.name] = group.fields[i]!.result();
    groups.delete(key);
    yield out;
  }
}

function prepareField(name: string, operand: unknown, settings: Settings): Field {
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
  const operators = isDoc(operand) ? Object.keys(operand) : [];
  const operator = operators[0];
  if (operator === undefined || !operator.startsWith('$'))
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  if (operators.length !== 1) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  const make = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (make === undefined)
    throw new CommandError(15952, `unknown group operator '${operator}' (not served by the embedded store)`);
  const argument = (operand as Doc)[operator];
  if (COUNTED_ACCUMULATORS.includes(operator)) {
    const { input, n } = namedOperands(operator, argument, ['input', 'n']);
    const countOf = prepareExpression(n, settings);
    const create: Field['create'] = (hold, first) => make({ settings, hold, n: readCount(operator, countOf(first)) });
    return { name, value: prepareExpression(input, settings), create };
  }
  if (operator === '$count' && !(isDoc(argument) && Object.keys(argument).length === 0))
    throw new CommandError(9, '$count takes no arguments, i.e. $count: {}');
  const value = prepareExpression(listOfOne(operator, argument), settings);
  return { name, value, create: (hold) => make({ settings, hold, n: 0 }) };
}

/** Accumulators take one expression; a list of one stands for it. Errors: CommandError 40237. */
function listOfOne(operator: string, argument: unknown): unknown {
  if (!Array.isArray(argument) || operator === '$count') return argument;
  if (argument.length === 1) return argument[0];
  throw new CommandError(40237, `The ${operator} accumulator is a unary operator`);
}
