import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';

/** One kind of statement: what it asks, without its values, and the stages by which the store answers it. */
export interface Plan {
  asked: string;
  stages: string[];
}

/** An aggregation, and what it unites with what it finds, which is explained on its own. */
export const united = (command: Document): Document[] => [
  command,
  ...command['pipeline'].flatMap(({ $unionWith: other }: Document) =>
    other ? [{ aggregate: other.coll, pipeline: other.pipeline, cursor: {} }] : [],
  ),
];

/** By command, the statements that one holds, each as it can be explained alone. */
const STATEMENTS: Record<string, (command: Document) => Document[]> = {
  find: (command) => [command],
  count: (command) => [command],
  distinct: (command) => [command],
  aggregate: united,
  findAndModify: (command) => [command],
  update: ({ updates, ...rest }) => updates.map((one: Document) => ({ ...rest, updates: [one] })),
  delete: ({ deletes, ...rest }) => deletes.map((one: Document) => ({ ...rest, deletes: [one] })),
};
const SHOWN = ['query', 'filter', 'sort', 'limit', 'pipeline', 'key', 'q', 'projection'];
const ENVELOPE = ['lsid', '$db', '$clusterTime', 'txnNumber', '$readPreference', 'maxTimeMS'];

/** Without its values: of a list, its first item. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== 'object') return typeof value;
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shapeOf(held)])) : 'value';
};

const inWords = (name: string, command: Document): string => {
  const [one = command] = (command['updates'] ?? command['deletes'] ?? []) as Document[];
  const shown = SHOWN.filter((part) => part in one).map((part) => {
    // An order is told as it is; of what is asked, only the fields.
    const told = part === 'sort' || part === 'projection' ? one[part] : shapeOf(one[part]);
    return `${part} ${JSON.stringify(told instanceof Map ? Object.fromEntries(told) : told)}`;
  });
  return [name, command[name], ...shown].join(' ');
};

/** Every stage of the plan that was chosen, however a store nests it, and those of a pipeline behind it. */
const stagesIn = (explained: unknown): string[] => {
  if (explained === null || typeof explained !== 'object') return [];
  return Object.entries(explained).flatMap(([key, held]) => {
    if (key === 'rejectedPlans' || key === 'command' || key === '$unionWith') return [];
    if (key === 'stage' && typeof held === 'string') return [held];
    return key === '$sort' ? ['SORT'] : stagesIn(held);
  });
};

/** Explains each kind of statement that leaves over a connection (opened with monitorCommands) while `act` runs. */
export const explainSent = async (connection: Connection, act: () => Promise<unknown>): Promise<Plan[]> => {
  const kinds = new Map<string, Document>();
  const listen = ({ commandName, command }: Document): void => {
    for (const statement of STATEMENTS[commandName]?.(command as Document) ?? [])
      kinds.set(inWords(commandName, statement), statement);
  };
  connection.getClient().on('commandStarted', listen);
  await act();
  connection.getClient().off('commandStarted', listen);
  const plans: Plan[] = [];
  for (const [asked, statement] of kinds) {
    const bare = Object.fromEntries(Object.entries(statement).filter(([name]) => !ENVELOPE.includes(name)));
    const explained = await connection.db?.command({ explain: bare, verbosity: 'queryPlanner' });
    plans.push({ asked, stages: [...new Set(stagesIn(explained))] });
  }
  return plans;
};
