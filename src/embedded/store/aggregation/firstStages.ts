import { Binary } from 'bson';
import { indexSpecs } from '../catalog.js';
import { type Collection, countAll } from '../collections.js';
import { CommandError, searchNotServed } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import type { Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';

/** What a pipeline begins with when it does not read a collection's documents. */
interface Beginning {
  collection: Collection | null;
  namespace: string;
  command: Doc;
  now: Date;
  settings: Settings;
}

/** The stages that may stand first and make documents of their own, and whether they need a collection. */
const FIRST_STAGES: Record<string, { onCollection: boolean; docs: (operand: unknown, from: Beginning) => Doc[] }> = {
  $collStats: { onCollection: true, docs: collectionStatistics },
  $indexStats: {
    onCollection: true,
    docs: (_operand, { collection }) =>
      collection === null ? [] : indexSpecs(collection).map((spec) => ({ name: spec['name'], key: spec['key'], spec })),
  },
  $documents: {
    onCollection: false,
    docs: (operand, { settings }) => {
      const docs = prepareExpression(operand, settings)({});
      if (!Array.isArray(docs) || !docs.every(isDoc))
        throw new CommandError(5858203, "an array is expected: '$documents' needs documents");
      return docs;
    },
  },
  ...Object.fromEntries(
    ['$listSearchIndexes', '$search', '$searchMeta', '$vectorSearch'].map((name) => [
      name,
      { onCollection: true, docs: refuseSearch },
    ]),
  ),
  $listLocalSessions: { onCollection: false, docs: sessionOf },
};

export function isFirstStage(name: string): boolean {
  return Object.hasOwn(FIRST_STAGES, name);
}

/** The documents that a first stage makes; null when the pipeline begins with none of those. Errors: CommandError 73. */
export function firstStageDocs(pipeline: Doc[], isOnCollection: boolean, from: Beginning): Doc[] | null {
  const [name, operand] = Object.entries(pipeline[0] ?? {})[0] ?? ['', null];
  const stage = Object.hasOwn(FIRST_STAGES, name) ? FIRST_STAGES[name]! : null;
  if (stage !== null && stage.onCollection !== isOnCollection)
    throw new CommandError(73, `${name} must ${stage.onCollection ? '' : 'not '}be run against a collection`);
  if (stage === null && !isOnCollection)
    throw new CommandError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  return stage === null ? null : stage.docs(operand, from);
}

function refuseSearch(): never {
  throw searchNotServed();
}

function collectionStatistics(operand: unknown, { collection, namespace, now }: Beginning): Doc[] {
  if (!isDoc(operand)) throw new CommandError(5447000, '$collStats must take a nested object');
  const { count, storageStats, latencyStats, queryExecStats } = operand;
  if (collection === null && count !== undefined) return [];
  const documents = collection === null ? 0 : countAll(collection);
  return [
    {
      ns: namespace,
      localTime: now,
      ...(count !== undefined && { count: documents }),
      ...(storageStats !== undefined && {
        storageStats: { count: documents, nindexes: 1 + (collection?.indexes.length ?? 0) },
      }),
      ...(latencyStats !== undefined && { latencyStats: {} }),
      ...(queryExecStats !== undefined && { queryExecStats: {} }),
    },
  ];
}

/** Of the sessions, a client is told its own. */
function sessionOf(_operand: unknown, { command, now }: Beginning): Doc[] {
  const lsid = command['lsid'];
  return isDoc(lsid) ? [{ _id: { ...lsid, uid: new Binary(Buffer.alloc(32)) }, lastUse: now }] : [];
}
