import { Double, Long } from 'bson';
import { SET_NAME } from '../clock.js';
import { MAX_DOCUMENT_BYTES } from '../collections.js';
import { endSessions, SESSION_MINUTES, sessionId } from '../sessions.js';
import { forgetTransactions } from '../transactions/ofSession.js';
import type { Doc } from '../values.js';
import { MAX_MESSAGE_BYTES } from '../wire.js';
import { arrayOf, type Command, type StoreContext } from './command.js';

/** The version that drivers take this store for: a MongoDB 8.0, primary of a replica set that has no other member. */
const VERSION = [8, 0, 0, 0];
export const VERSION_TEXT = VERSION.slice(0, 3).join('.');
const WIRE_VERSION = 25;
export const MAX_BATCH = 100_000;

const hello = (primary: string): Command => ({
  fields: [
    'hello',
    'isMaster',
    'ismaster',
    'helloOk',
    'client',
    'compression',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'topologyVersion',
    'maxAwaitTimeMS',
    'backpressure',
    '$replData',
  ],
  writes: false,
  run: ({ now, member }: StoreContext) => ({
    helloOk: true,
    hosts: [member.address],
    setName: SET_NAME,
    setVersion: 1,
    [primary]: true,
    secondary: false,
    primary: member.address,
    me: member.address,
    electionId: member.electionId,
    lastWrite: {
      opTime: { ts: member.time, t: Long.ONE },
      lastWriteDate: new Date(member.time.t * 1000),
      majorityOpTime: { ts: member.time, t: Long.ONE },
      majorityWriteDate: new Date(member.time.t * 1000),
    },
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_BATCH,
    localTime: now(),
    logicalSessionTimeoutMinutes: SESSION_MINUTES,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  }),
});

const buildInfo: Command = {
  fields: ['buildInfo', 'buildinfo'],
  writes: false,
  run: () => ({
    version: VERSION_TEXT,
    gitVersion: 'embedded store',
    versionArray: VERSION,
    modules: ['embedded store'],
    allocator: 'system',
    javascriptEngine: 'none',
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['lmdb'],
  }),
};

/** The parameters that clients ask for; any other is unknown. */
const PARAMETERS = {
  featureCompatibilityVersion: { version: VERSION.slice(0, 2).join('.') },
  authenticationMechanisms: [],
  enableTestCommands: false,
};

const told = (name: string, fields: string[], answer: (context: StoreContext) => Doc): Record<string, Command> => ({
  [name]: { fields: [name, ...fields], writes: false, run: answer },
});

/** What shells and tools ask before they begin. */
const QUESTIONS: Record<string, Command> = {
  ...told('getLog', [], () => ({ totalLinesWritten: 0, log: [] })),
  ...told('getCmdLineOpts', [], () => ({ argv: [], parsed: {} })),
  ...told('hostInfo', [], ({ now }) => ({ system: { currentTime: now() }, os: {}, extra: {} })),
  ...told('whatsmyuri', [], () => ({ you: '127.0.0.1:0' })),
  ...told('replSetGetStatus', ['initialSync'], ({ member, now }) => ({
    set: SET_NAME,
    date: now(),
    myState: 1,
    members: [{ _id: 0, name: member.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
  })),
  ...told('connectionStatus', ['showPrivileges'], () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  })),
};

/** A list of users means all sessions, as there are no users; so does an empty one. */
const killing = (name: 'killSessions' | 'killAllSessions'): Command => ({
  fields: [name],
  writes: true,
  run: (context, command) => {
    const killed = arrayOf(command[name], name);
    end(context, name === 'killAllSessions' || killed.length === 0 ? null : killed);
    return {};
  },
});

function end({ sessions, transactions, catalog }: StoreContext, lsids: unknown[] | null): void {
  const ids = lsids?.map(sessionId).filter((id) => id !== null) ?? null;
  forgetTransactions(transactions, catalog, ids);
  endSessions(sessions, ids);
}

export const handshakeCommands: Record<string, Command> = {
  ...QUESTIONS,
  hello: hello('isWritablePrimary'),
  isMaster: hello('ismaster'),
  ismaster: hello('ismaster'),
  ping: { fields: ['ping'], writes: false, run: () => ({}) },
  endSessions: {
    fields: ['endSessions'],
    writes: true,
    run: (context, command) => {
      end(context, arrayOf(command['endSessions'], 'endSessions'));
      return {};
    },
  },
  refreshSessions: { fields: ['refreshSessions'], writes: false, run: () => ({}) },
  killSessions: killing('killSessions'),
  killAllSessions: killing('killAllSessions'),
  buildInfo,
  buildinfo: buildInfo,
  getParameter: {
    fields: ['getParameter', 'allParameters', ...Object.keys(PARAMETERS)],
    writes: false,
    run: (_context, command) => {
      const asked = command['getParameter'] === '*' ? PARAMETERS : command;
      return Object.fromEntries(Object.entries(PARAMETERS).filter(([name]) => Object.hasOwn(asked, name)));
    },
  },
  serverStatus: {
    fields: ['serverStatus', 'repl', 'metrics', 'locks'],
    writes: false,
    run: ({ now, member }) => ({
      host: member.address,
      version: VERSION_TEXT,
      process: 'embedded store',
      pid: Long.fromNumber(process.pid),
      uptime: new Double(process.uptime()),
      localTime: now(),
      mem: { resident: Math.floor(process.memoryUsage().rss / 1024 / 1024) },
      storageEngine: { name: 'lmdb' },
    }),
  },
};
