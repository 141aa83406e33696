import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { compare } from '../../../src/embedded/store/compare.js';
import { keyBytes, skipKey } from '../../../src/embedded/store/storage/keyBytes.js';

const NUMBERS: unknown[] = [
  ...[0, -0, 1, -1, 0.1, 2.5, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, Number.NaN],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 2 ** 63],
  ...['9007199254740993', '9223372036854775807', '-9223372036854775808', '9223372036854775000', '1'].map((text) =>
    Long.fromString(text),
  ),
  ...['0', '-0', '0.1', '1E-6176', '-1E-6176', '9.99E+6144', '-9.99E+6144', 'Infinity', '-Infinity', 'NaN'].map(
    (text) => Decimal128.fromString(text),
  ),
  ...['9007199254740993', '9007199254740992.5', '-9007199254740992.5', '2.50', '1.0E+1', '1.7976931348623158E+308'].map(
    (text) => Decimal128.fromString(text),
  ),
  new Double(1),
];
const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((whole) => Long.fromBigInt(whole)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -340, max: 300 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc
    .array(fc.constantFrom('\0', '\u0001', 'a', 'é', '\ud7ff', '\ue000', '\u{10ffff}', '\uffff'), { maxLength: 4 })
    .map((all) => all.join('')),
);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  number,
  text,
  fc.constantFrom<unknown>(null, undefined, true, false, new MinKey(), new MaxKey()),
  text.map((symbol) => new BSONSymbol(symbol)),
  fc.tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 4, 128)).map(([bytes, kind]) => new Binary(bytes, kind)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.date({ noInvalidDate: true }),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom(
    new BSONRegExp('^a', 'i'),
    new BSONRegExp('^a', 'm'),
    new BSONRegExp('b'),
    new Code('x'),
    new Code(''),
  ),
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'é'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const sign = (order: number) => Math.sign(order);

test('bytes sort as the values do, numbers of every type among each other', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(sign(Buffer.compare(keyBytes(a), keyBytes(b)))).toBe(sign(compare(a, b)));
    }),
    { numRuns: 1500 },
  );
  for (const a of NUMBERS) {
    for (const b of NUMBERS) {
      expect([a, b, sign(Buffer.compare(keyBytes(a), keyBytes(b)))]).toEqual([a, b, sign(compare(a, b))]);
    }
  }
});

test('bytes sort as the values do, whatever their types', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sign(Buffer.compare(keyBytes(a), keyBytes(b)))).toBe(sign(compare(a, b)));
    }),
    { numRuns: 1500 },
  );
});

test('a value ends where the next begins, inverted or not', () => {
  fc.assert(
    fc.property(value, value, fc.constantFrom(0, 255), (a, b, mask) => {
      const one = keyBytes(a);
      const both = Buffer.concat([one, keyBytes(b)]).map((byte) => byte ^ mask);
      expect(skipKey(Buffer.from(both), 0, mask)).toBe(one.length);
      expect(skipKey(Buffer.from(both.subarray(0, one.length - 1)), 0, mask)).toBeGreaterThan(one.length - 1);
    }),
    { numRuns: 800 },
  );
});
