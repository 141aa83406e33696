import { CommandError } from '../errors.js';
import { double } from '../numbers.js';
import { isDoc } from '../values.js';
import type { Operator } from './scope.js';

/** Another number from 0 up to 1 each time. */
export const RANDOM_OPERATORS: Record<string, Operator> = {
  $rand: (operand) => {
    const takesNothing = isDoc(operand)
      ? Object.keys(operand).length === 0
      : Array.isArray(operand) && operand.length === 0;
    if (!takesNothing) throw new CommandError(3040501, '$rand does not currently accept arguments');
    return () => double(Math.random());
  },
};
