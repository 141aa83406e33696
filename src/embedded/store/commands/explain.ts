import { compilePipeline } from '../aggregate.js';
import { findCollection } from '../catalog.js';
import { CommandError } from '../errors.js';
import { type Report, report, type Verbosity } from '../explain/report.js';
import type { Asked } from '../explain/tree.js';
import { type Leading, leadingStages } from '../leadingStages.js';
import { type Doc, isDoc } from '../values.js';
import { aggregateCommands } from './aggregate.js';
import {
  arrayOf,
  type Command,
  collectionName,
  databaseOf,
  docOr,
  refuseUnknownFields,
  type StoreContext,
  settingsOf,
} from './command.js';
import { countSelection, findCommands, findSelection } from './find.js';
import { findAndModifyCommands } from './findAndModify.js';
import { writeCommands } from './write.js';

const COMMANDS: Record<string, Command> = {
  ...findCommands,
  ...aggregateCommands,
  ...findAndModifyCommands,
  ...writeCommands,
};
const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** How a command would be carried out. With figures, its reading is carried out and counted, never its writing. */
const explain: Command = {
  fields: ['explain', 'verbosity'],
  writes: false,
  run: (context, command) => {
    const inner = command['explain'];
    if (!isDoc(inner)) throw new CommandError(14, 'explain needs a command');
    const verbosity = command['verbosity'] ?? 'allPlansExecution';
    if (!VERBOSITIES.includes(String(verbosity))) {
      throw new CommandError(2, `verbosity must be one of ${VERBOSITIES.join(', ')}`);
    }
    return explainCommand(context, { ...inner, $db: command['$db'] }, verbosity as Verbosity);
  },
};

export const explainCommands: Record<string, Command> = { explain };

function explainCommand(context: StoreContext, command: Doc, verbosity: Verbosity): Doc {
  const name = Object.keys(command)[0] ?? '';
  const asked = Object.hasOwn(ASKED, name) ? ASKED[name]! : null;
  if (asked === null) throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  refuseUnknownFields(name, COMMANDS[name]!, command);
  const [database, collection] = [databaseOf(command), collectionName(command, name)];
  const told = (query: Asked): Report =>
    report(findCollection(context.catalog, database, collection), `${database}.${collection}`, query, verbosity);
  const answer = { explainVersion: '1' };
  const { $db: _, ...shown } = command;
  if (name !== 'aggregate') return { ...answer, ...told(asked(command)).doc, command: shown };
  return { ...answer, ...explainPipeline(context, command, told), command: shown };
}

const oneItem = (command: Doc, field: string): Doc => docOr(arrayOf(command[field], field)[0], field);
/** The index that is asked for, and how values are compared. */
const waysOf = (item: Doc) => ({ hint: item['hint'], settings: settingsOf(item) });
const findAndModify = (command: Doc): Asked => ({
  selection: {
    filter: docOr(command['query'], 'query'),
    sort: docOr(command['sort'], 'sort'),
    limit: 1,
    ...waysOf(command),
  },
  top: command['remove'] === true ? 'DELETE' : 'UPDATE',
});

const ASKED: Record<string, (command: Doc) => Asked> = {
  find: (command) => ({ selection: findSelection(command), projection: docOr(command['projection'], 'projection') }),
  count: (command) => ({ selection: countSelection(command), top: 'COUNT' }),
  distinct: (command) => ({ selection: { filter: docOr(command['query'], 'query'), ...waysOf(command) } }),
  aggregate: (command) => ({ selection: leadingOf(command).selection }),
  findAndModify,
  findandmodify: findAndModify,
  update: (command) => {
    const item = oneItem(command, 'updates');
    const limit = item['multi'] === true ? 0 : 1;
    return { selection: { filter: docOr(item['q'], 'q'), limit, ...waysOf(item) }, top: 'UPDATE' };
  },
  delete: (command) => {
    const item = oneItem(command, 'deletes');
    return {
      selection: { filter: docOr(item['q'], 'q'), limit: Number(item['limit']), ...waysOf(item) },
      top: 'DELETE',
    };
  },
};

function leadingOf(command: Doc): Leading {
  return leadingStages(arrayOf(command['pipeline'], 'pipeline') as Doc[]);
}

/** What the indexes cannot do of a pipeline is told stage by stage, after the $cursor that feeds it. */
function explainPipeline(context: StoreContext, command: Doc, told: (query: Asked) => Report): Doc {
  const around = { catalog: context.catalog, database: databaseOf(command) };
  compilePipeline(command['pipeline'], around);
  const { selection, rest } = leadingOf(command);
  const { doc, found } = told({ selection: { ...selection, ...waysOf(command) } });
  if (rest.length === 0) return doc;
  const { queryPlanner, executionStats, ...server } = doc;
  const cursor = { $cursor: { queryPlanner, ...(executionStats !== undefined && { executionStats }) } };
  let docs = found;
  const stages = rest.map((stage) => {
    if (docs === null) return stage;
    docs = compilePipeline([stage], around)(docs);
    return { ...stage, nReturned: docs.length };
  });
  return { stages: [found === null ? cursor : { ...cursor, nReturned: found.length }, ...stages], ...server };
}
