import { CommandError } from '../errors.js';
import { field, MISSING } from '../paths.js';
import { type Doc, isDoc } from '../values.js';
import { type Compile, documentOperand, type Evaluate, isNull, type Operator } from './scope.js';

/** Fields by their bare names, dots and dollars included. */
export const FIELD_OPERATORS: Record<string, Operator> = {
  $getField: (operand, compile) => {
    const isLong = isDoc(operand) && Object.hasOwn(operand, 'field');
    const { field: name, input } = isLong
      ? documentOperand('$getField', operand, ['field', 'input'])
      : { field: operand, input: undefined };
    const nameOf = compileName('$getField', name, compile);
    const from = compile(input ?? '$$CURRENT');
    return (scope) => {
      const value = from(scope);
      if (isNull(value)) return value === MISSING ? MISSING : null;
      return isDoc(value) ? field(value, nameOf(scope)) : MISSING;
    };
  },
  $setField: (operand, compile) => {
    const fields = documentOperand('$setField', operand, ['field', 'input', 'value']);
    return setField('$setField', fields, compile(fields['value']), compile);
  },
  $unsetField: (operand, compile) => {
    const fields = documentOperand('$unsetField', operand, ['field', 'input']);
    return setField('$unsetField', fields, () => MISSING, compile);
  },
};

function setField(operator: string, { field: name, input }: Doc, newValue: Evaluate, compile: Compile): Evaluate {
  const nameOf = compileName(operator, name, compile);
  const from = compile(input);
  return (scope) => {
    const before = from(scope);
    if (isNull(before)) return null;
    if (!isDoc(before)) throw new CommandError(4161105, `${operator} requires 'input' to evaluate to type Object`);
    const after = { ...before };
    const value = newValue(scope);
    if (value === MISSING) delete after[nameOf(scope)];
    else after[nameOf(scope)] = value;
    return after;
  };
}

function compileName(operator: string, name: unknown, compile: Compile): (scope: Parameters<Evaluate>[0]) => string {
  const evaluate = compile(name);
  return (scope) => {
    const found = evaluate(scope);
    if (typeof found !== 'string')
      throw new CommandError(4161108, `${operator} requires 'field' to evaluate to a constant of type String`);
    if (found === '__proto__')
      throw new CommandError(2, "The field name '__proto__' is not served by the embedded store");
    return found;
  };
}
