/**
 * Thrown when a transaction cannot go on: not an error of one statement, which a batch would report beside the others, but of
 * all that the transaction has done.
 */
export class Broken extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'Broken';
  }
}

export function writeConflict(): Broken {
  return new Broken(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
  );
}
