import { Decimal128, Double, Long, ObjectId } from 'bson';
import { prepareExpression } from '../../../src/embedded/store/expressions/compile.js';
import { MISSING } from '../../../src/embedded/store/paths.js';

/** The examples of MongoDB's manual and what it says of types, nulls and edges; the results are typed by hand. */
type Doc = Record<string, unknown>;
const run = (expression: unknown, doc: Doc = {}) => prepareExpression(expression)(doc);
const decimal = (text: string) => Decimal128.fromString(text);
const long = (value: number) => Long.fromNumber(value);
const date = (text: string) => new Date(text);
const MAX_INT = 2_147_483_647;

test.each<[unknown, unknown]>([
  // Numbers keep their types.
  [{ $add: [1, 2] }, 3],
  [{ $add: [MAX_INT, 1] }, long(MAX_INT + 1)],
  [{ $add: [Long.MAX_VALUE, 1] }, 2 ** 63],
  [{ $add: [1, new Double(2)] }, new Double(3)],
  [{ $add: [0.1, 0.2, 0.3] }, 0.6],
  [{ $add: [1, decimal('0.5')] }, decimal('1.5')],
  [{ $add: [] }, 0],
  [{ $add: [1, null] }, null],
  [{ $add: [date('2026-01-01T00:00:00Z'), 60_000] }, date('2026-01-01T00:01:00Z')],
  [{ $subtract: [date('2026-01-02T00:00:00Z'), date('2026-01-01T00:00:00Z')] }, long(86_400_000)],
  [{ $subtract: [date('2026-01-02T00:00:00Z'), 1000] }, date('2026-01-01T23:59:59Z')],
  [{ $multiply: [65_536, 65_536] }, long(2 ** 32)],
  [{ $multiply: [Long.MAX_VALUE, 2] }, 2 ** 64],
  [{ $multiply: [decimal('1.10'), 3] }, decimal('3.30')],
  [{ $divide: [6, 3] }, new Double(2)],
  [{ $divide: [1, 8] }, 0.125],
  [{ $divide: [decimal('1'), 3] }, decimal('0.3333333333333333333333333333333333')],
  [{ $divide: [decimal('10'), 4] }, decimal('2.5')],
  [{ $mod: [80, 7] }, 3],
  [{ $mod: [-7, 3] }, -1],
  [{ $mod: [decimal('7.5'), 2] }, decimal('1.5')],
  [{ $abs: -1 }, 1],
  [{ $abs: long(-5) }, long(5)],
  [{ $ceil: -2.8 }, new Double(-2)],
  [{ $floor: -2.8 }, new Double(-3)],
  [{ $ceil: 5 }, 5],
  [{ $round: [10.5] }, new Double(10)],
  [{ $round: [11.5, 0] }, new Double(12)],
  [{ $round: [19.25, 1] }, 19.2],
  [{ $round: [28.73, -1] }, new Double(30)],
  [{ $round: [45, -1] }, 40],
  [{ $round: [decimal('2.675'), 2] }, decimal('2.68')],
  [{ $round: [2.675, 2] }, 2.67],
  [{ $trunc: [34.32, 1] }, 34.3],
  [{ $trunc: [-45.39, -1] }, new Double(-40)],
  [{ $sqrt: 25 }, new Double(5)],
  [{ $pow: [5, 2] }, 25],
  [{ $pow: [2, 40] }, long(2 ** 40)],
  [{ $pow: [5, -2] }, 0.04],
  [{ $log: [100, 10] }, new Double(2)],
  [{ $ln: 1 }, new Double(0)],
  [{ $sum: [1, 'a', null, 2] }, 3],
  [{ $sum: [[1, 2], 3] }, 3],
  [{ $sum: [[1, 2]] }, 3],
  [{ $sum: Array.from({ length: 10 }, () => 0.1) }, new Double(1)],
  [{ $sum: [MAX_INT, MAX_INT] }, long(2 * MAX_INT)],
  [{ $sum: [[long(1), decimal('0.5'), 2]] }, decimal('3.5')],
  [{ $avg: [[1, 2, 'x']] }, 1.5],
  [{ $avg: [[decimal('1'), 2]] }, decimal('1.5')],
  [{ $avg: [['x']] }, null],
  [{ $min: [3, null, 'a', 2] }, 2],
  [{ $max: [3, null, 'a', 2] }, 'a'],
  [{ $stdDevPop: [[2, 4, 4, 4, 5, 5, 7, 9]] }, new Double(2)],
  [{ $stdDevSamp: [[1]] }, null],
  // Null, missing and truth.
  [{ $eq: ['$none', null] }, false],
  [{ $lt: ['$none', null] }, true],
  [{ $eq: [1, long(1)] }, true],
  [
    {
      $eq: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    false,
  ],
  [{ $cmp: ['a', 1] }, 1],
  [{ $and: [] }, true],
  [{ $or: [] }, false],
  [{ $not: [[false]] }, false],
  [{ $ifNull: ['$none', null] }, null],
  [{ $isNumber: decimal('1') }, true],
  [{ a: '$none', b: 1 }, { b: 1 }],
  [
    ['$none', 1],
    [null, 1],
  ],
  [{ a: '$$REMOVE' }, {}],
  [{ $let: { vars: { low: 1, high: '$$ROOT.x' }, in: { $gt: ['$$low', '$$high'] } } }, true],
  // Arrays.
  [{ $arrayElemAt: [[1, 2, 3], -2] }, 2],
  [{ $concatArrays: [['hello', ' '], null] }, null],
  [{ $slice: [[1, 2, 3], 1, 1] }, [2]],
  [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
  [{ $slice: [[1, 2, 3], -5, 2] }, [1, 2]],
  [{ $range: [0, 10, 3] }, [0, 3, 6, 9]],
  [{ $range: [0, 5, -1] }, []],
  [{ $reverseArray: { $concatArrays: [[1, 2], [3]] } }, [3, 2, 1]],
  [{ $indexOfArray: [['a', 'abc', 'b'], 'b'] }, 2],
  [{ $indexOfArray: [['a', 'b', 'a'], 'a', 1] }, 2],
  [{ $in: [null, [1, null]] }, true],
  [{ $filter: { input: [1, 'a', 2, null, 3.1], as: 'num', cond: { $isNumber: '$$num' }, limit: 2 } }, [1, 2]],
  [{ $map: { input: [1, 2], as: 'x', in: { $add: ['$$x', '$y'] } } }, [11, 12]],
  [{ $reduce: { input: ['a', 'b'], initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'ab'],
  [{ $sortArray: { input: [3, 1, 'a', null], sortBy: -1 } }, ['a', 3, 1, null]],
  [
    { $sortArray: { input: [{ n: 2, a: 1 }, { n: 1 }, { n: 2, a: 0 }], sortBy: { n: 1, a: 1 } } },
    [{ n: 1 }, { n: 2, a: 0 }, { n: 2, a: 1 }],
  ],
  [
    { $zip: { inputs: [[1, 2, 3], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    [
      [1, 'a'],
      [2, 'z'],
      [3, 'z'],
    ],
  ],
  [{ $zip: { inputs: [[1, 2], ['a']] } }, [[1, 'a']]],
  [
    {
      $arrayToObject: [
        [
          ['item', 'abc'],
          ['qty', 25],
        ],
      ],
    },
    { item: 'abc', qty: 25 },
  ],
  [{ $arrayToObject: { $literal: [{ k: 'a', v: 1 }] } }, { a: 1 }],
  [
    { $objectToArray: { a: 1, b: { c: 2 } } },
    [
      { k: 'a', v: 1 },
      { k: 'b', v: { c: 2 } },
    ],
  ],
  [{ $mergeObjects: [{ a: 1 }, null, { a: 2, b: 3 }] }, { a: 2, b: 3 }],
  [{ $firstN: { n: 2, input: [1, 2, 3] } }, [1, 2]],
  [{ $maxN: { n: 2, input: [1, null, 3, 2] } }, [3, 2]],
  [
    {
      $setUnion: [
        ['a', 'b'],
        ['b', long(1), 1],
      ],
    },
    ['a', 'b', long(1)],
  ],
  [
    {
      $setIntersection: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    },
    ['b'],
  ],
  [{ $setDifference: [['a', 'b'], ['b']] }, ['a']],
  [
    {
      $setIsSubset: [
        ['a', 'a'],
        ['b', 'a'],
      ],
    },
    true,
  ],
  [
    {
      $setEquals: [
        ['a', 'b', 'a'],
        ['b', 'a'],
      ],
    },
    true,
  ],
  [{ $anyElementTrue: [[false, 0, null]] }, false],
  [{ $allElementsTrue: [[]] }, true],
  // Strings.
  [{ $toUpper: 'aé' }, 'Aé'],
  [{ $toLower: null }, ''],
  [{ $toLower: date('2026-01-01T00:00:00Z') }, '2026-01-01t00:00:00.000z'],
  [{ $strcasecmp: ['abc', 'ABD'] }, -1],
  [{ $strLenCP: '寿司sushi' }, 7],
  [{ $strLenBytes: '寿司' }, 6],
  [{ $substrCP: ['éclair', 0, 3] }, 'écl'],
  [{ $substrBytes: ['éclair', 0, 3] }, 'éc'],
  [{ $substr: ['hello', 1, -1] }, 'ello'],
  [{ $indexOfCP: ['cafétéria', 'é'] }, 3],
  [{ $indexOfBytes: ['cafétéria', 't'] }, 5],
  [{ $indexOfCP: ['vanilla', 'll', 5] }, -1],
  [{ $split: ['headphone jack', 'phone'] }, ['head', ' jack']],
  [{ $trim: { input: '  \n good  bye \t  ' } }, 'good  bye'],
  [{ $ltrim: { input: 'ggggoodbyeeeee', chars: 'gd' } }, 'oodbyeeeee'],
  [{ $rtrim: { input: 'ggggoodbyeeeee', chars: 'e ' } }, 'ggggoodby'],
  [{ $replaceOne: { input: 'a.b.c', find: '.', replacement: { $literal: '$&' } } }, 'a$&b.c'],
  [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
  [{ $regexMatch: { input: 'Line one', regex: 'line', options: 'i' } }, true],
  [{ $regexFind: { input: 'été chaud', regex: '(ch)(x)?' } }, { match: 'ch', idx: 4, captures: ['ch', null] }],
  [
    { $regexFindAll: { input: 'a1b22', regex: '\\d+' } },
    [
      { match: '1', idx: 1, captures: [] },
      { match: '22', idx: 3, captures: [] },
    ],
  ],
  // Conversions.
  [{ $toInt: '-5' }, -5],
  [{ $toInt: 2.9 }, 2],
  [{ $toLong: date('1970-01-01T00:00:01Z') }, long(1000)],
  [{ $toDouble: '1e3' }, new Double(1000)],
  [{ $toDecimal: 'NaN' }, decimal('NaN')],
  [{ $toString: 2.5 }, '2.5'],
  [{ $toString: new ObjectId('5ab9c3da31c2ab715d421285') }, '5ab9c3da31c2ab715d421285'],
  [{ $toBool: 'false' }, true],
  [{ $toDate: '2018-03-20' }, date('2018-03-20T00:00:00Z')],
  [{ $toDate: long(1000) }, date('1970-01-01T00:00:01Z')],
  [{ $toDate: new ObjectId('5ab9c3da31c2ab715d421285') }, date('2018-03-27T04:08:58Z')],
  [{ $convert: { input: 'x', to: 'int', onError: 'no' } }, 'no'],
  [{ $convert: { input: null, to: 'int', onNull: 0 } }, 0],
  // Dates.
  [{ $dateToString: { date: date('2014-01-01T08:15:39.736Z') } }, '2014-01-01T08:15:39.736Z'],
  [
    {
      $dateToString: {
        date: date('2014-01-01T08:15:39.736Z'),
        format: '%Y-%m-%d week %V of %G, %H:%M:%S:%L%z',
        timezone: '+02:00',
      },
    },
    '2014-01-01 week 01 of 2014, 10:15:39:736+0200',
  ],
  [{ $dateToString: { date: null, onNull: '-' } }, '-'],
  [{ $week: date('2016-01-01T00:00:00Z') }, 0],
  [{ $isoWeek: date('2016-01-01T00:00:00Z') }, 53],
  [{ $isoWeekYear: date('2016-01-01T00:00:00Z') }, long(2015)],
  [{ $dayOfYear: date('2016-12-31T23:00:00Z') }, 366],
  [{ $dayOfWeek: { date: date('2016-01-03T23:30:00Z'), timezone: 'Europe/Paris' } }, 2],
  [
    { $dateFromParts: { year: 2017, month: 2, day: 8, hour: 12, timezone: 'Europe/Paris' } },
    date('2017-02-08T11:00:00Z'),
  ],
  [{ $dateFromParts: { year: 2017, month: 14 } }, date('2018-02-01T00:00:00Z')],
  [{ $dateFromParts: { isoWeekYear: 2017, isoWeek: 6, isoDayOfWeek: 3 } }, date('2017-02-08T00:00:00Z')],
  [{ $dateFromString: { dateString: '2017-02-08T12:10:40.787' } }, date('2017-02-08T12:10:40.787Z')],
  [{ $dateFromString: { dateString: '2017-02-08', timezone: 'America/New_York' } }, date('2017-02-08T05:00:00Z')],
  [{ $dateAdd: { startDate: date('2020-10-31T12:10:05Z'), unit: 'month', amount: 1 } }, date('2020-11-30T12:10:05Z')],
  // A day later at the same hour in Paris, where the clocks went forward in between.
  [
    { $dateAdd: { startDate: date('2026-03-28T10:00:00Z'), unit: 'day', amount: 1, timezone: 'Europe/Paris' } },
    date('2026-03-29T09:00:00Z'),
  ],
  [
    { $dateSubtract: { startDate: date('2021-01-31T10:00:00Z'), unit: 'hour', amount: 5 } },
    date('2021-01-31T05:00:00Z'),
  ],
  [
    { $dateDiff: { startDate: date('2020-12-31T23:59:59Z'), endDate: date('2021-01-01T00:00:00Z'), unit: 'year' } },
    long(1),
  ],
  [
    {
      $dateDiff: {
        startDate: date('2026-03-28T23:30:00Z'),
        endDate: date('2026-03-29T21:30:00Z'),
        unit: 'day',
        timezone: 'Europe/Paris',
      },
    },
    long(0),
  ],
  [
    { $dateDiff: { startDate: date('2021-01-24T18:10:00Z'), endDate: date('2021-01-31T00:00:00Z'), unit: 'week' } },
    long(1),
  ],
  [
    {
      $dateDiff: {
        startDate: date('2021-01-24T18:10:00Z'),
        endDate: date('2021-01-31T00:00:00Z'),
        unit: 'week',
        startOfWeek: 'monday',
      },
    },
    long(1),
  ],
  [{ $dateTrunc: { date: date('2021-03-20T11:30:05Z'), unit: 'month' } }, date('2021-03-01T00:00:00Z')],
  [
    {
      $dateTrunc: {
        date: date('2021-03-20T11:30:05Z'),
        unit: 'week',
        binSize: 2,
        timezone: 'America/Los_Angeles',
        startOfWeek: 'Monday',
      },
    },
    date('2021-03-15T07:00:00Z'),
  ],
  [
    { $dateTrunc: { date: date('2026-03-29T22:30:00Z'), unit: 'day', timezone: 'Europe/Paris' } },
    date('2026-03-29T22:00:00Z'),
  ],
  [{ $dateTrunc: { date: date('2026-03-29T11:17:00Z'), unit: 'minute', binSize: 15 } }, date('2026-03-29T11:15:00Z')],
  [
    { $dateTrunc: { date: date('2026-05-10T00:00:00Z'), unit: 'quarter', timezone: 'Europe/Paris' } },
    date('2026-03-31T22:00:00Z'),
  ],
])('%j', (expression, expected) => {
  expect(run(expression, { x: 0, y: 10 })).toEqual(expected);
});

test('paths through arrays, and what is missing', () => {
  const doc = { a: [{ b: 1 }, { c: 2 }, { b: [3] }, 4], s: { t: 5 } };
  expect(run('$a.b', doc)).toEqual([1, [3]]);
  expect(run('$s.t.u', doc)).toBe(MISSING);
  expect(run('$$ROOT.s.t', doc)).toBe(5);
  expect(run({ $getField: { field: 't', input: '$s' } }, doc)).toBe(5);
});

test.each<[unknown, number]>([
  [{ $add: ['a', 1] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $mod: [1, 0] }, 16610],
  [{ $concat: ['a', 1] }, 16702],
  [{ $size: 1 }, 17124],
  [{ $in: [1, 1] }, 40081],
  [{ $arrayElemAt: [1, 1] }, 28689],
  [{ $slice: [[1], 0, 0] }, 28729],
  [{ $range: [0, 1, 0] }, 34449],
  [{ $toInt: '1.5' }, 241],
  [{ $toInt: 3e9 }, 241],
  [{ $toDate: 1 }, 241],
  [{ $sqrt: -1 }, 28714],
  [{ $year: 'today' }, 16006],
  [{ $year: { date: '$d', timezone: 'Europe/Nowhere' } }, 40485],
  // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name for it
  [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
  [{ $nowhere: 1 }, 168],
  [{ $map: { input: [1], as: 'Bad', in: 1 } }, 16867],
  ['$$here', 17276],
  [{ $abs: [1, 2] }, 16020],
])('%j is refused with code %d', (expression, code) => {
  expect(() => run(expression, { d: new Date() })).toThrow(expect.objectContaining({ code }));
});
