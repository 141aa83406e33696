import { findCollection } from '../catalog.js';
import { CommandError } from '../errors.js';
import { report, type Verbosity } from '../explain/report.js';
import type { Asked } from '../explain/tree.js';
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
import { explainPipeline } from './explainPipeline.js';
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
  if (asked === null && name !== 'aggregate')
    throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  refuseUnknownFields(name, COMMANDS[name]!, command);
  const { $db: _, ...shown } = command;
  const told =
    asked === null ? explainPipeline(context, command, verbosity) : explainQuery(context, command, asked, verbosity);
  return { explainVersion: '1', ...told, command: shown };
}

function explainQuery(
  { catalog }: StoreContext,
  command: Doc,
  asked: (command: Doc) => Asked,
  verbosity: Verbosity,
): Doc {
  const [database, collection] = [databaseOf(command), collectionName(command, Object.keys(command)[0]!)];
  return report(findCollection(catalog, database, collection), `${database}.${collection}`, asked(command), verbosity)
    .doc;
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
