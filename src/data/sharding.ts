import type { Connection } from 'mongoose';

interface Sharded {
  /** Each begins an index of the collection; its first field is in every query of the pages that people wait for. */
  key: Record<string, 1>;
  /** MongoDB keeps the key unique over all shards. */
  unique?: true;
  because: string;
}
interface Whole {
  /** Why the collection stays on one shard: each of its queries goes to that one alone. */
  whole: string;
}

const SMALL = 'a few records a person, a partner or a setting';
const OF_FIGURES = 'read by month and by partner, for managers; a record a project or less';

/**
 * How each collection lies on a sharded cluster. The advisors' queue, the sheet and the holder's page ask one shard a query:
 * what they read of a project lies by project, and what they read both by partner and by project is kept whole.
 * A unique index must begin with the shard key (MongoDB, "Unique Indexes"; `_id` is unique in each shard only), so that
 * collections with a unique index on something else stay whole too. Ids and hashes are random: their ranges fill evenly.
 */
export const SHARDING: Record<string, Sharded | Whole> = {
  deliveries: {
    key: { project: 1, key: 1 },
    unique: true,
    because: 'read by project on the sheet; the natural key tells the project, so each is still planned once',
  },
  events: {
    key: { project: 1 },
    because: 'the story of a project, on the sheet and on the holder’s page; one id is of one project',
  },
  exportchunks: { key: { export: 1 }, because: 'written and read file by file' },
  links: { key: { _id: 1 }, because: 'opened by the hash of their secret, which is their id' },
  notes: { key: { project: 1 }, because: 'read by project on the sheet; one id is of one project' },
  replaymoves: { key: { replay: 1 }, because: 'written and read replay by replay' },
  reportfiles: { key: { report: 1 }, because: 'written and read report by report' },
  sessions: { key: { _id: 1 }, because: 'read on every page by their id' },

  projects: { whole: 'reference and draft are each unique; found by id, address, telephone, SIRET and state' },
  referrals: { whole: 'the queue reads by partner, the sheet and the holder’s page by project; unique by project' },
  auditLines: { whole: 'a chain: the number of a line is given once, over all of them' },
  drafts: { whole: 'one under way each, by a unique index; kept 30 days' },
  inbox: { whole: 'kept for a time, read by what became of it' },
  noteDrafts: { whole: 'kept 30 days, read by account and removed by project' },
  cells: { whole: OF_FIGURES },
  projectfacts: { whole: OF_FIGURES },
  referralfacts: { whole: OF_FIGURES },
  absences: { whole: SMALL },
  accounts: { whole: SMALL },
  auditEnds: { whole: SMALL },
  channels: { whole: SMALL },
  counterDrafts: { whole: SMALL },
  exports: { whole: SMALL },
  marks: { whole: SMALL },
  migrationLocks: { whole: SMALL },
  migrations: { whole: SMALL },
  namedPeriods: { whole: SMALL },
  partnersettings: { whole: SMALL },
  providerIdentities: { whole: SMALL },
  publicsite: { whole: SMALL },
  purges: { whole: SMALL },
  replays: { whole: SMALL },
  reports: { whole: SMALL },
  rulesetdrafts: { whole: SMALL },
  rulesets: { whole: SMALL },
  runs: { whole: 'a line each time something ran; the slot is its id' },
  savedViews: { whole: SMALL },
};

/** What a mongos is told, one admin command after the other. Told again, they change nothing. */
export const shardCommands = (database: string): Record<string, unknown>[] => [
  { enableSharding: database },
  ...Object.entries(SHARDING).flatMap(([name, row]) =>
    'key' in row ? [{ shardCollection: `${database}.${name}`, key: row.key, ...(row.unique && { unique: true }) }] : [],
  ),
];

/** Whether this is a sharded cluster: a mongos says so. */
export const isMongos = async (connection: Connection): Promise<boolean> =>
  (await connection.db?.admin().command({ hello: 1 }))?.['msg'] === 'isdbgrid';

/** Shards the collections of SHARDING on a mongos. Errors: those of MongoDB, for instance of an index that is missing. */
export const shardStore = async (connection: Connection): Promise<number> => {
  const commands = shardCommands(connection.name);
  for (const command of commands) await connection.db?.admin().command(command);
  return commands.length;
};
