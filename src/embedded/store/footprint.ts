import { CommandError } from './errors.js';

/** What the stages that must hold many documents may hold at once, each of them, as MongoDB limits them. */
const MOST_BYTES = 100 * 1024 * 1024;
const SCALAR_BYTES = 16;

/** Roughly how much memory a value takes, in bytes. */
export function footprint(value: unknown): number {
  if (typeof value === 'string') return SCALAR_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  if (value instanceof Uint8Array) return SCALAR_BYTES + value.length;
  let bytes = SCALAR_BYTES;
  if (Array.isArray(value)) for (const element of value) bytes += footprint(element);
  else for (const [name, inner] of Object.entries(value)) bytes += name.length + footprint(inner);
  return bytes;
}

/** Counts what is held. Errors: CommandError 292 when it is more than may be; nothing is put aside on disk. */
export function createBudget(what: string): (bytes: number) => void {
  let held = 0;
  return (bytes) => {
    held += bytes;
    if (held > MOST_BYTES)
      throw new CommandError(
        292,
        `PlanExecutor error during aggregation :: caused by :: Exceeded memory limit for ${what} of ${MOST_BYTES} bytes, and the embedded store does not put data aside on disk`,
      );
  };
}
