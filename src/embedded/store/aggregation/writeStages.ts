import { randomBytes } from 'node:crypto';
import { dropCollection, ensureCollection, findCollection } from '../catalog.js';
import { buildIndex, type Collection, insertDoc } from '../collections.js';
import { CommandError } from '../errors.js';
import { documentOperand } from '../expressions/scope.js';
import { renameCollection } from '../rename.js';
import { type Doc, isDoc } from '../values.js';
import { noView } from '../views.js';
import { merge } from './merge.js';
import type { Surroundings } from './stage.js';

/** A stage that writes, at the end of a pipeline and nowhere else. Each part is a change of its own. */
export interface WriteStage {
  /** Where it writes. */
  database: string;
  collection: string;
  begin(): void;
  write(docs: Doc[]): void;
  end(): void;
  /** Takes back what can be, after an error. */
  cancel(): void;
}

/** Errors: CommandError for a document that may not come into a collection. */
export type Check = (collection: Collection, doc: Doc, before: Doc | null) => void;

const WRITE_STAGES: Record<string, (operand: unknown, around: Surroundings, check: Check) => WriteStage> = {
  $out: out,
  $merge: merge,
};

/** The name of the last stage of a pipeline, if it writes. */
export function writeStageOf(pipeline: unknown): string | null {
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined;
  const name = isDoc(last) ? (Object.keys(last)[0] ?? '') : '';
  return Object.hasOwn(WRITE_STAGES, name) ? name : null;
}

/** Compiles $out or $merge. Errors: CommandError. */
export function compileWriteStage(stage: Doc, around: Surroundings, check: Check): WriteStage {
  const [name, operand] = Object.entries(stage)[0]!;
  return WRITE_STAGES[name]!(operand, around, check);
}

/** $out puts the documents in the place of a collection's, whose indexes stay; when one cannot be, nothing changes. */
function out(operand: unknown, { catalog, database: here }: Surroundings, check: Check): WriteStage {
  const { db = here, coll } =
    typeof operand === 'string' ? { coll: operand } : documentOperand('$out', operand, ['db', 'coll']);
  if (typeof coll !== 'string' || typeof db !== 'string')
    throw new CommandError(16990, `$out only supports a string or object argument, but found ${typeof operand}`);
  let draft: Collection | null = null;
  return {
    database: db,
    collection: coll,
    begin: () => {
      const before = noView(findCollection(catalog!, db, coll));
      draft = ensureCollection(catalog!, db, `tmp.agg_out.${randomBytes(8).toString('hex')}`, before?.options);
      for (const { spec } of before?.indexes ?? []) buildIndex(draft, spec);
    },
    write: (docs) => {
      for (const doc of docs) {
        check(draft!, doc, null);
        insertDoc(draft!, doc);
      }
    },
    end: () => {
      noView(findCollection(catalog!, db, coll));
      renameCollection(catalog!, draft!, db, coll);
    },
    cancel: () => {
      if (draft !== null && !draft.isDropped) dropCollection(catalog!, draft);
    },
  };
}
