import type { Catalog } from '../catalog.js';
import type { Flow } from '../flow.js';
import type { Settings } from '../settings.js';
import type { Doc } from '../values.js';

/** One step of a pipeline, or several of them. */
export type Stage = (flow: Flow) => Flow;

/** Where a pipeline stands. */
export interface Surroundings {
  /** null where no other collection may be read: within an update. */
  catalog: Catalog | null;
  database: string;
  settings: Settings;
  /** Prepares the reading of another collection through stages of its own; null where none may be read. */
  open: Open | null;
}

/**
 * Gives the documents of a collection or a view, or of stages that make their own when it has no name.
 * The function returned may be called again and again; `joined` is one more condition, on what the collection has.
 */
export type Open = (name: string | null, pipeline: Doc[], settings: Settings) => (joined: Doc | null) => Flow;
