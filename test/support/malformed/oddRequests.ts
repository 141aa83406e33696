import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { chance } from '../followUp/troubles.js';
import type { Route } from '../routes.js';
import {
  BAD_ENCODINGS,
  NOT_HTTP,
  ODD_COOKIES,
  ODD_HEADERS,
  ODD_METHODS,
  ODD_TARGETS,
  ODD_TYPES,
  ODD_VERSIONS,
  PROTOTYPE_NAMES,
} from './oddTexts.js';
import type { Attack } from './rawExchange.js';

/** What a browser has: cookies, and the token of its forms. */
export interface Jar {
  cookie: string;
  token: string;
}

const FORM = 'application/x-www-form-urlencoded';
const MB = 1024 * 1024;
/** 8 MB of one sign in 8 KB: a form of 64 KB is what is read at most. */
const BOMBS = [
  ['gzip', gzipSync(Buffer.alloc(8 * MB, 'a'))],
  ['deflate', deflateSync(Buffer.alloc(8 * MB, 'a'))],
  ['br', brotliCompressSync(Buffer.alloc(8 * MB, 'a'))],
  ['gzip', gzipSync(gzipSync(Buffer.alloc(8 * MB)))],
  ['gzip', Buffer.from('not compressed')],
  ['gzip', gzipSync('a=b').subarray(0, 12)],
  ['gzip, gzip', gzipSync('a=b')],
  ['identity', Buffer.from('a=b')],
  ['x', Buffer.from('a=b')],
] as const satisfies [string, Buffer][];

interface Sent {
  method: string;
  target: string;
  version: string;
  headers: string[];
  body: string | Buffer;
}

/** Everything that is drawn, from one seed. */
const drawing = (random: () => number, routes: Route[], jars: Jar[]) => {
  const int = (below: number): number => Math.floor(random() * below);
  const pick = <One>(all: readonly One[]): One => all[int(all.length)] as One;
  const jar = pick(jars);
  const route = pick(routes);
  const ids = [
    'nothing',
    '0',
    '-1',
    'x'.repeat(300),
    '%',
    '%ff',
    '__proto__',
    '66f0c0ffee66f0c0ffee66f0',
    'a%00b',
    '..%2f',
  ];
  const address = route.path.replace(/:\w+/g, () => pick(ids));
  const method = route.method === 'post' ? 'POST' : 'GET';
  const base = [
    'Host: localhost',
    `X-Forwarded-For: 10.${int(256)}.${int(256)}.${int(256)}`,
    ...(jar.cookie ? [`Cookie: ${jar.cookie}`] : []),
  ];
  const write = (sent: Partial<Sent> = {}): Buffer => {
    const { version = 'HTTP/1.1', headers = [], body = '' } = sent;
    const line = [sent.method ?? method, sent.target ?? address, version].join(' ');
    const end = headers.some((header) => /^connection: keep-alive/i.test(header)) ? [] : ['Connection: close'];
    const head = [line, ...base, ...end, ...headers].join('\r\n');
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body as string, 'latin1')]);
  };
  /** A form with as many bytes as it says, and the token that lets it in. */
  const form = (body: string, headers: string[] = [`Content-Type: ${FORM}`]): Buffer => {
    const whole = `_csrf=${encodeURIComponent(jar.token)}&${body}`;
    return write({ method: 'POST', headers: [...headers, `Content-Length: ${whole.length}`], body: whole });
  };
  return { random, int, pick, address, write, form, text: (): string => pick(BAD_ENCODINGS) };
};
type Draw = ReturnType<typeof drawing>;
type Drawn = Buffer | Buffer[] | { parts: Buffer[]; after: Attack['after'] };

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const waiting = (...parts: Buffer[]): Drawn => ({ parts, after: 'waits' });

/** In as many pieces, wherever they fall. */
const inPieces = (bytes: Buffer, count: number): Buffer[] => {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
};

const CHUNKS = [
  'zz\r\nabc\r\n0\r\n\r\n',
  '-3\r\nabc\r\n0\r\n\r\n',
  '3\r\nabcdef\r\n0\r\n\r\n',
  '3abc\r\n0\r\n\r\n',
  'ffffffffffffffffff\r\na',
  '0x3\r\nabc\r\n0\r\n\r\n',
  '3\nabc\n0\n\n',
  `3;${'x'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`,
  `${'1;a=b\r\na\r\n'.repeat(3000)}0\r\n\r\n`,
  `0\r\n${'Trailer: a\r\n'.repeat(3000)}\r\n`,
  '0\r\nContent-Length: 5\r\n\r\n',
  '3\r\na=b\r\n0\r\n\r\n',
];
const TRANSFER_ENCODINGS = [
  'chunked',
  'Chunked',
  'chunked, identity',
  'gzip, chunked',
  'xchunked',
  'chunked\x0b',
  'identity',
  ',',
];
const LENGTHS = [
  '-1',
  '+5',
  '0x10',
  '5, 5',
  '5,6',
  '1e3',
  'NaN',
  '',
  '9'.repeat(30),
  '18446744073709551617',
  '1 1',
  '5;',
];

const MULTIPART = [
  '--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\na\r\n--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="',
  '--x--x--x--',
  '--x\r\n\r\n\r\n--x\r\n\r\n',
  '--x\r\nContent-Disposition: form-data; name="a"; filename="../../a"\r\nContent-Type: \xff\r\n\r\n\x00\xff\r\n--x--',
  `--x\r\n${'A: b\r\n'.repeat(5000)}\r\n--x--`,
  `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(1000)}--x--`,
];

/** One way to be wrong a row. */
const KINDS = {
  'encoding of the path': (d) => d.write({ target: `${d.address}/${d.text()}${d.text()}` }),
  'encoding of the query': (d) =>
    d.write({ target: `${d.address}?${d.text()}=${d.text()}&lang=${d.text()}&q=${d.text()}` }),
  'encoding of a form': (d) => d.form(`${d.text()}=${d.text()}&needs=${d.text()}&email=${d.text()}`),
  'an odd cookie': (d) => d.write({ headers: [`Cookie: ${d.pick(ODD_COOKIES)}`] }),
  'an odd header': (d) => d.write({ headers: [d.pick(ODD_HEADERS)] }),
  'odd headers': (d) => d.write({ headers: Array.from({ length: 5 }, () => d.pick(ODD_HEADERS)) }),
  'a huge header': (d) => d.write({ headers: [`X-Big: ${'x'.repeat(8000 + d.int(40_000))}`] }),
  'many headers': (d) => d.write({ headers: Array.from({ length: 50 + d.int(3000) }, (_, i) => `X-${i}: a`) }),
  'a header that is none': (d) =>
    d.write({
      headers: [
        d.pick(['no colon', ': empty', 'A B: c', 'A\x00: b', 'A : b', ' folded', 'A: b\rC: d', 'A: \x00', '\xff: a']),
      ],
    }),
  'Host twice, or none': (d) =>
    d.pick([
      d.write({ headers: ['Host: elsewhere.example.org'] }),
      latin1(`GET ${d.address} HTTP/1.1\r\nConnection: close\r\n\r\n`),
      latin1(`GET ${d.address} HTTP/1.1\r\nHost: ${d.text()} :x\r\nConnection: close\r\n\r\n`),
    ]),
  'a length that is none': (d) =>
    d.write({ method: 'POST', headers: [`Content-Length: ${d.pick(LENGTHS)}`], body: 'a=b' }),
  'two lengths': (d) =>
    d.write({ method: 'POST', headers: ['Content-Length: 3', `Content-Length: ${d.int(9)}`], body: 'a=b' }),
  'a length that is too short': (d) => [
    d.write({
      method: 'POST',
      headers: [`Content-Type: ${FORM}`, 'Connection: keep-alive', 'Content-Length: 3'],
      body: 'a=bcdefgh\r\n\r\n',
    }),
  ],
  'a length that is too long': (d) =>
    waiting(
      d.write({
        method: 'POST',
        headers: [`Content-Type: ${FORM}`, `Content-Length: ${10 + d.int(50_000)}`],
        body: 'a=b',
      }),
    ),
  'too long a length, and half closed': (d) => ({
    parts: [d.write({ method: 'POST', headers: [`Content-Type: ${FORM}`, 'Content-Length: 5000'], body: 'a=b' })],
    after: 'half',
  }),
  'a body that is too long': (d) => d.form(`a=${'x'.repeat(70_000 + d.int(300_000))}`),
  'bad chunks': (d) => {
    const body = d.pick(CHUNKS);
    const headers = [`Content-Type: ${FORM}`, 'Transfer-Encoding: chunked'];
    // Chunks that promise more than comes: the server is right to wait.
    return waiting(d.write({ method: 'POST', headers, body }));
  },
  'chunks and another encoding': (d) =>
    waiting(
      d.write({ method: 'POST', headers: [`Transfer-Encoding: ${d.pick(TRANSFER_ENCODINGS)}`], body: d.pick(CHUNKS) }),
    ),
  'chunks and a length': (d) =>
    waiting(
      d.write({ method: 'POST', headers: ['Transfer-Encoding: chunked', 'Content-Length: 3'], body: d.pick(CHUNKS) }),
    ),
  'broken multipart': (d) => {
    const body = d.pick(MULTIPART);
    const type = `Content-Type: multipart/form-data; boundary=${d.pick(['x', '', '"', 'y', 'x'.repeat(500)])}`;
    return d.write({ method: 'POST', headers: [type, `Content-Length: ${body.length}`], body });
  },
  'an odd method': (d) => d.write({ method: d.pick(ODD_METHODS) }),
  'an odd method with a body': (d) =>
    d.write({ method: d.pick(ODD_METHODS), headers: ['Content-Length: 3'], body: 'a=b' }),
  'an odd version': (d) => d.write({ version: d.pick(ODD_VERSIONS) }),
  'an odd target': (d) =>
    d.write({ target: d.pick(ODD_TARGETS), method: d.pick(['GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT']) }),
  'null bytes': (d) =>
    d.pick([
      d.write({ target: `${d.address}\x00` }),
      d.write({ headers: ['X-Null: a\x00b'] }),
      d.form(`a\x00=\x00&title=\x00${'\x00'.repeat(500)}`),
      d.write({ target: `${d.address}?a=%00&%00=b` }),
    ]),
  'odd line ends': (d) => {
    const end = d.pick(['\n', '\r', '\r\r\n', '\n\r', '\r\n ']);
    return waiting(latin1(d.write().toString('latin1').replaceAll('\r\n', end)));
  },
  'many requests at once, one of them wrong': (d) => {
    const sound = (): Buffer => d.write({ method: 'GET', headers: ['Connection: keep-alive'] });
    const wrong = d.pick([
      latin1('GARBAGE\r\n\r\n'),
      d.write({ headers: ['Content-Length: x'] }),
      d.write({ target: '%' }),
      d.write(),
    ]);
    return [Buffer.concat([...Array.from({ length: 1 + d.int(12) }, sound), wrong])];
  },
  'half closed': (d) => ({ parts: [d.write({ headers: ['Connection: keep-alive'] })], after: 'half' }),
  'half closed in the middle': (d) => {
    const whole = d.form('needs=skills');
    return { parts: [whole.subarray(0, d.int(whole.length))], after: 'half' };
  },
  'gone in the middle': (d) => ({
    parts: inPieces(d.form(`a=${'x'.repeat(30_000)}`), 3).slice(0, 1 + d.int(2)),
    after: 'resets',
  }),
  'gone before the answer': (d) => ({ parts: [d.write()], after: 'resets' }),
  'a byte at a time': (d) => inPieces(d.form('needs=skills'), 5 + d.int(25)),
  'a compressed form': (d) => {
    const [encoding, body] = d.pick(BOMBS);
    const headers = [`Content-Type: ${FORM}`, `Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`];
    return d.write({ method: 'POST', headers, body });
  },
  'an odd type': (d) => d.form('{"a":{"$gt":""}}', [`Content-Type: ${d.pick(ODD_TYPES)}`]),
  'very many fields': (d) => d.form(`${'a=b&'.repeat(100 + d.int(15_000))}z=1`),
  'very many parameters': (d) => d.write({ target: `${d.address}?${'a=b&'.repeat(50 + d.int(3500))}` }),
  'a deep query': (d) =>
    d.write({
      target: `${d.address}?a${d.pick(['[b]', '[]', '[0]', '[', ']', '[__proto__]']).repeat(1 + d.int(1500))}=1`,
    }),
  'names that all objects share': (d) =>
    d.write({
      target: `${d.address}?${Array.from({ length: 6 }, () => `${d.pick(PROTOTYPE_NAMES)}=${d.text()}`).join('&')}`,
    }),
  'such names in a form': (d) =>
    d.form(Array.from({ length: 8 }, () => `${d.pick(PROTOTYPE_NAMES)}=${d.pick(PROTOTYPE_NAMES)}`).join('&')),
  'such names as headers, and in the path': (d) =>
    d.write({
      target: `${d.address}/${d.pick(PROTOTYPE_NAMES)}`,
      headers: [`${d.pick(PROTOTYPE_NAMES.slice(0, 10))}: x`],
    }),
  'not HTTP': (d) => waiting(latin1(d.pick(NOT_HTTP))),
  noise: (d) => waiting(Buffer.from(Array.from({ length: 1 + d.int(3000) }, () => d.int(256)))),
  'a sound request with a byte changed': (d) => {
    const bytes = d.form('needs=skills&mainNeed=skills');
    for (let i = 0; i <= d.int(4); i += 1) bytes[d.int(bytes.length)] = d.int(256);
    return waiting(bytes);
  },
} as const satisfies Record<string, (d: Draw) => Drawn>;

const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];
export const KIND_COUNT = NAMES.length;

/** The malformed request of that number, always the same: each kind in turn, at a route and with cookies drawn among these. */
export const oddRequest = (number: number, routes: Route[], jars: Jar[]): Attack => {
  const d = drawing(chance(number), routes, jars);
  const kind = NAMES[number % NAMES.length] as keyof typeof KINDS;
  const drawn: Drawn = KINDS[kind](d);
  const name = `${number}, ${kind}, ${d.address}`;
  if (Buffer.isBuffer(drawn)) return { name, parts: [drawn], after: 'reads' };
  return Array.isArray(drawn) ? { name, parts: drawn, after: 'reads' } : { name, ...drawn };
};
