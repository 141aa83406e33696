import { Binary, BSONSymbol, Code, Long, MaxKey, MinKey, serialize, Timestamp } from 'bson';
import { flags, message, opMsg } from '../store/rawClient.js';

/** Numbers below n, the same again for the same seed (mulberry32). */
export type Random = (n: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

type Make = (random: Random) => Buffer;

const COMMANDS = [
  ...[
    'hello',
    'ping',
    'find',
    'getMore',
    'killCursors',
    'count',
    'distinct',
    'aggregate',
    'insert',
    'update',
    'delete',
  ],
  ...['findAndModify', 'bulkWrite', 'create', 'drop', 'collMod', 'createIndexes', 'listIndexes', 'dropIndexes'],
  ...['listCollections', 'listDatabases', 'explain', 'collStats', 'renameCollection', 'endSessions', 'getParameter'],
  ...['commitTransaction', 'mapReduce', '__proto__', 'constructor', 'toString', ''],
];
const FIELDS = [
  ...[
    'filter',
    'query',
    'q',
    'pipeline',
    'documents',
    'updates',
    'deletes',
    'ops',
    'nsInfo',
    'indexes',
    'index',
    'key',
  ],
  ...[
    'sort',
    'projection',
    'update',
    'lsid',
    'txnNumber',
    'autocommit',
    'startTransaction',
    'collation',
    'hint',
    'let',
  ],
  ...['cursor', 'batchSize', 'limit', 'skip', 'arrayFilters', 'writeConcern', 'readConcern', 'maxTimeMS', 'comment'],
];

/** Values that no command expects where they come. */
function strange(random: Random): unknown {
  const values: (() => unknown)[] = [
    () => null,
    () => -1,
    () => Number.NaN,
    () => Long.MIN_VALUE,
    () => 'x'.repeat(random(3000)),
    () => [],
    () => [[[]]],
    () => [null, 1, 'a', {}],
    () => ({}),
    () => ({ $where: 'while(true){}' }),
    () => ({ $gt: { $gt: { $gt: 1 } } }),
    () => ({ $expr: { $add: [{ $nowhere: 1 }, '$$ROOT.a.b'] } }),
    () => [{ $match: { $or: [] } }, { $out: '$' }],
    () => new MinKey(),
    () => new MaxKey(),
    () => new Timestamp({ t: 1, i: 2 }),
    () => new Code('x', { y: 1 }),
    () => new BSONSymbol('s'),
    () => new Binary(Buffer.alloc(random(40)), random(256)),
    () => nested(random(400), random(2) === 0),
    () => ({ id: new Binary(randomBytes(random, 16), 4) }),
  ];
  return values[random(values.length)]!();
}

function nested(depth: number, inArrays: boolean): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = inArrays ? [value] : { a: value };
  return value;
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

function command(random: Random): Record<string, unknown> {
  const doc: Record<string, unknown> = {};
  const name = COMMANDS[random(COMMANDS.length)]!;
  Object.defineProperty(doc, name, {
    value: random(3) === 0 ? strange(random) : 'hostile',
    enumerable: true,
    writable: true,
  });
  for (let i = random(5); i > 0; i--) doc[FIELDS[random(FIELDS.length)]!] = strange(random);
  doc['$db'] = random(8) === 0 ? strange(random) : ['hostile', 'admin'][random(2)];
  return doc;
}

const insertOf = (...documents: unknown[]) => ({ insert: 'hostile', documents, $db: 'hostile' });

/** Levels written by hand: a library would give up before the store does. */
function deep(levels: number): Buffer {
  const open: Buffer[] = [];
  let size = 5;
  for (let i = 0; i < levels; i++) {
    const head = Buffer.alloc(7);
    size += 8;
    head.writeInt32LE(size, 0);
    head[4] = 3;
    head[5] = 0x61;
    open.unshift(head);
  }
  return Buffer.concat([...open, Buffer.from([5, 0, 0, 0, 0]), Buffer.alloc(levels)]);
}

/** A find whose filter is this document. */
function findOf(filter: Buffer): Buffer {
  const rest = serialize({ find: 'hostile', $db: 'hostile' }).subarray(4, -1);
  const body = Buffer.concat([Buffer.alloc(4), rest, Buffer.from('\x03filter\0'), filter, Buffer.alloc(1)]);
  body.writeInt32LE(body.length, 0);
  return message(2013, flags(0), Buffer.from([0]), body);
}

function withLength(bytes: Buffer, length: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeInt32LE(length | 0, 0);
  return copy;
}

function mutated(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 1 + random(4); i > 0; i--) copy[16 + random(copy.length - 16)] = random(256);
  return copy;
}

/** Each kind of message that no driver sends. */
export const KINDS: Record<string, Make> = {
  noise: (random) => randomBytes(random, 16 + random(200)),
  noiseOfRightLength: (random) => message([2013, 2004, 2012, 1][random(4)]!, randomBytes(random, random(200))),
  wrongLength: (random) =>
    withLength(opMsg({ ping: 1, $db: 'admin' }), [0, -1, 15, 16, 20, 2 ** 31 - 1, 47_999_999][random(7)]!),
  cutShort: (random) => {
    const whole = opMsg(command(random));
    return whole.subarray(0, 1 + random(whole.length - 1));
  },
  mutated: (random) => mutated(opMsg(command(random)), random),
  mutatedInsert: (random) => mutated(opMsg(insertOf({ a: 1, b: 'text', c: [1, { d: new Date() }] })), random),
  strangeCommand: (random) => opMsg(command(random)),
  unknownType: (random) => {
    const bytes = opMsg(insertOf({ a: 1 }));
    const at = bytes.lastIndexOf(Buffer.from('\x10a\0'));
    bytes[at] = [0x06, 0x0c, 0x0d, 0x0e, 0x0f, 0x20, 0x7f, 0xff][random(8)]!;
    return bytes;
  },
  deepNesting: (random) => findOf(deep(100 + random(20_000))),
  deepValue: (random) => opMsg(insertOf({ v: nested(150 + random(300), random(2) === 0) })),
  hugeArray: (random) =>
    opMsg({
      find: 'hostile',
      filter: { a: { $in: Array.from({ length: random(60_000) }, (_, i) => i) } },
      $db: 'hostile',
    }),
  manyStages: (random) =>
    opMsg({
      aggregate: 'hostile',
      pipeline: Array.from({ length: random(3000) }, () => ({ $match: {} })),
      cursor: {},
      $db: 'hostile',
    }),
  manyItems: () => opMsg({ insert: 'hostile', documents: Array.from({ length: 100_001 }, () => ({})), $db: 'hostile' }),
  newSession: (random) =>
    opMsg({
      ...insertOf({}),
      lsid: { id: new Binary(randomBytes(random, 16), 4) },
      txnNumber: Long.fromNumber(random(5)),
    }),
  transaction: (random) =>
    opMsg({
      ...insertOf({}),
      lsid: { id: new Binary(randomBytes(random, 16), 4) },
      txnNumber: Long.ONE,
      startTransaction: true,
      autocommit: random(2) === 0,
    }),
  checksum: (random) =>
    message(2013, flags(1), Buffer.from([0]), serialize({ ping: 1, $db: 'admin' }), randomBytes(random, 4)),
  unanswered: (random) => opMsg(command(random), 2),
  twoBodies: () => {
    const body = serialize({ ping: 1, $db: 'admin' });
    return message(2013, flags(0), Buffer.from([0]), body, Buffer.from([0]), body);
  },
};
