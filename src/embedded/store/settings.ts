import type { Collation } from './collation.js';
import type { Doc } from './values.js';

/** How a command wants its values compared, and the variables that it names for its expressions. */
export interface Settings {
  /** null for the order of code points. */
  collation: Collation | null;
  /** Those of `let`, without the dollars. */
  variables: Doc;
  /** What $$NOW stands for; the moment at which an expression is compiled where it is left out. */
  now?: Date;
}

export const PLAIN: Settings = { collation: null, variables: {} };
