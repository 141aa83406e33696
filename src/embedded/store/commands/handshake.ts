import { MAX_DOCUMENT_BYTES } from '../collections.js';
import { MAX_MESSAGE_BYTES } from '../wire.js';
import type { Command, StoreContext } from './command.js';

/**
 * The version that drivers take this store for. No setName, so a standalone server; no logicalSessionTimeoutMinutes, so
 * that drivers open no sessions and number no writes: it has neither transactions nor retryable writes to offer.
 */
const VERSION = [6, 0, 0, 0];
const WIRE_VERSION = 17;
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
    'topologyVersion',
    'maxAwaitTimeMS',
    'backpressure',
  ],
  writes: false,
  run: ({ now }: StoreContext) => ({
    helloOk: true,
    [primary]: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_BATCH,
    localTime: now(),
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  }),
});

const buildInfo: Command = {
  fields: ['buildInfo', 'buildinfo'],
  writes: false,
  run: () => ({
    version: VERSION.slice(0, 3).join('.'),
    versionArray: VERSION,
    modules: ['embedded store'],
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  }),
};

export const handshakeCommands: Record<string, Command> = {
  hello: hello('isWritablePrimary'),
  isMaster: hello('ismaster'),
  ismaster: hello('ismaster'),
  ping: { fields: ['ping'], writes: false, run: () => ({}) },
  endSessions: { fields: ['endSessions'], writes: false, run: () => ({}) },
  buildInfo,
  buildinfo: buildInfo,
  getParameter: {
    fields: ['getParameter', 'featureCompatibilityVersion'],
    writes: false,
    run: () => ({ featureCompatibilityVersion: { version: '6.0' } }),
  },
  serverStatus: {
    fields: ['serverStatus'],
    writes: false,
    run: ({ now }) => ({
      version: VERSION.slice(0, 3).join('.'),
      process: 'embedded store',
      pid: process.pid,
      uptime: Math.floor(process.uptime()),
      localTime: now(),
      mem: { resident: Math.floor(process.memoryUsage().rss / 1024 / 1024) },
    }),
  },
};
