import type { Document } from 'mongodb';
import mongoose from 'mongoose';
import { united } from './explainSent.js';

/** How the store found what one command asked for. */
export interface Seen {
  stages: string[];
  docs: number;
  keys: number;
}

const READS = ['find', 'aggregate', 'count'];
const ENVELOPE = ['lsid', '$db', '$clusterTime', 'txnNumber', '$readPreference'];

const chain = (stage: Document): Document[] => {
  const inputs: Document[] = stage['inputStage'] ? [stage['inputStage']] : (stage['inputStages'] ?? []);
  return [stage, ...inputs.flatMap(chain)];
};

const seenIn = (explained: Document): Seen => {
  const { queryPlanner, executionStats } = explained['stages']?.[0]?.$cursor ?? explained;
  return {
    stages: [...new Set(chain(queryPlanner.winningPlan).map(({ stage }) => String(stage)))],
    docs: executionStats.totalDocsExamined,
    keys: executionStats.totalKeysExamined,
  };
};

/** A connection whose reads are written down as they leave, and explained afterwards: the very commands, nothing rebuilt. */
export const watchQueries = async (uri: string) => {
  const connection = await mongoose.createConnection(uri, { monitorCommands: true, autoIndex: false }).asPromise();
  const sent: Document[] = [];
  let isWatching = false;
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (isWatching && READS.includes(commandName))
      sent.push(...(commandName === 'aggregate' ? united(command) : [command]));
  });
  const explain = async (command: Document): Promise<Seen> => {
    const bare = Object.fromEntries(Object.entries(command).filter(([name]) => !ENVELOPE.includes(name)));
    const asked = { explain: bare, verbosity: 'executionStats' };
    return seenIn((await connection.db?.command(asked)) ?? {});
  };

  return {
    connection,
    /** What `act` gives, and how the store found it. */
    async watch<T>(act: () => Promise<T>): Promise<{ given: T; seen: Seen[] }> {
      sent.length = 0;
      isWatching = true;
      const given = await act();
      isWatching = false;
      return { given, seen: await Promise.all(sent.map(explain)) };
    },
    close: () => connection.close(),
  };
};
