import { Binary, Decimal128, Double, deserialize, Int32, Long, MinKey, ObjectId, serialize, Timestamp } from 'bson';
import fc from 'fast-check';
import { compileFindProjection, fieldsAsked } from '../../../src/embedded/store/findProjection.js';
import { readPlain } from '../../../src/embedded/store/readBson.js';
import { decode, decodePart, encode } from '../../../src/embedded/store/values.js';

const name = fc
  .oneof(fc.constantFrom('a', 'b', '_id', 'é', '', '0', '10'), fc.string({ maxLength: 40 }))
  // A name that the store refuses: see below.
  .filter((one) => !one.includes('\0') && one !== '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer().map((whole) => new Int32(whole)),
    fc.oneof(fc.double(), fc.integer(), fc.constant(-0)).map((number) => new Double(number)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((whole) => Long.fromBigInt(whole)),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom<unknown>(null, true, false, '\ufffd', new MinKey(), new Timestamp({ t: 1, i: 2 }), /^a/i),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
    fc
      .tuple(fc.uint8Array({ maxLength: 5 }), fc.constantFrom(0, 2, 5, 128))
      .map(([bytes, kind]) => new Binary(bytes, kind)),
    fc.integer().map((whole) => Decimal128.fromString(`${whole}E-2`)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const anyDoc = fc.dictionary(name, value, { maxKeys: 5 });

/** What bson makes of bytes, without ours. */
function reference(bytes: Uint8Array): Uint8Array | null {
  try {
    return serialize(deserialize(bytes, { promoteValues: false, promoteLongs: false, bsonRegExp: true }));
  } catch {
    return null;
  }
}

test('what is read is what was written, and is written again as it was', () => {
  let plain = 0;
  fc.assert(
    fc.property(anyDoc, (doc) => {
      const bytes = Buffer.from(serialize(doc));
      if (readPlain(bytes) !== null) plain++;
      expect(Buffer.from(encode(decode(bytes)))).toEqual(Buffer.from(reference(bytes)!));
    }),
    { numRuns: 1000 },
  );
  expect(plain).toBeGreaterThan(300);
});

const paths = fc.uniqueArray(fc.constantFrom('a', 'b', '_id', 'é', '0', 'a.a', 'a.b', 'b.a.b', '10'), { minLength: 1 });

test('of a document read in part, a projection keeps what it keeps of the whole', () => {
  let passedOver = 0;
  fc.assert(
    fc.property(anyDoc, paths, fc.boolean(), (doc, named, leavesId) => {
      const isApart = !named.some((path) => named.some((other) => other.startsWith(`${path}.`)));
      fc.pre(isApart && !(leavesId && (named.includes('_id') || named.length === 0)));
      const projection = { ...Object.fromEntries(named.map((path) => [path, 1])), ...(leavesId && { _id: 0 }) };
      const bytes = Buffer.from(serialize(doc));
      const part = decodePart(bytes, fieldsAsked(projection)!);
      if (Object.keys(part).length < Object.keys(decode(bytes)).length) passedOver++;
      const project = compileFindProjection(projection, {});
      expect(project(part)).toEqual(project(decode(bytes)));
    }),
    { numRuns: 1000 },
  );
  expect(passedOver).toBeGreaterThan(300);
});

test.each([{}, { _id: 0 }, { a: 0 }, { a: 2 }, { a: '$b' }, { 'a.$': 1 }, { a: 1, b: { $slice: 1 } }, { a: { b: 1 } }])(
  'documents are read whole for the projection %j',
  (projection) => {
    expect(fieldsAsked(projection)).toBeNull();
  },
);

test('bytes that are no BSON are never taken for plain', () => {
  fc.assert(
    fc.property(anyDoc, fc.nat(), fc.nat(255), (doc, at, byte) => {
      const bytes = Buffer.from(serialize(doc));
      bytes[at % bytes.length] = byte;
      const read = readPlain(bytes);
      if (read === null) return;
      expect(reference(bytes)).not.toBeNull();
      expect(Buffer.from(encode(read))).toEqual(Buffer.from(reference(bytes)!));
    }),
    { numRuns: 3000 },
  );
});

test('a field that would change the prototype of what is read is refused', () => {
  for (const doc of [{ ['__proto__']: 1 }, { a: [{ ['__proto__']: { b: 1 } }] }]) {
    const bytes = serialize(doc);
    expect(Buffer.from(bytes).includes('__proto__')).toBe(true);
    expect(() => decode(bytes)).toThrow("'__proto__' is not served");
  }
});
