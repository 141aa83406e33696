import fc from 'fast-check';
import type { StepContext } from '../../src/domain/questionnaire/step.js';
import { type Step, schemaOf } from '../../src/domain/questionnaire/step.js';

/** A posted form as it goes over the wire: names may come twice, or be of nobody's. */
export type Posted = [name: string, value: string][];

const LONGEST = 6000;

const HTML = [
  '<script>pwned()</script>',
  '"><img src=x onerror=pwned()>',
  "' autofocus onfocus=pwned() x='",
  '</textarea><svg onload=pwned()>',
  '<%= process.env %>',
  '&lt;b&gt; & &amp;',
  '{{7*7}}',
];
const MARKS = [
  '\u0000',
  'a\u0000b',
  '\u001b[31mrouge',
  '\u202egnal.exe',
  '\u2066x\u2069',
  '\u200f\u200e',
  '\ufeff',
  '\u200b',
  '\u00ad',
  '\u0085',
];
const EMOJI = ['🌋', '👩🏽‍🔬👨‍👩‍👧', '🇫🇷', 'é'.normalize('NFD'), 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'];
const OPERATORS = ['{"$gt":""}', '$where', '{"$ne":null}', '[object Object]', 'this.x', '1;sleep(9)', "' OR 1=1 --"];
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];
const NUMBERS = ['-1', '0', '1e309', 'NaN', 'Infinity', '0x10', '9'.repeat(40), '1,5', '12345678901234', '٣'];
const ADDRESSES = [
  'javascript:alert(1)',
  'data:text/html,x',
  'http://',
  '//x',
  'a@b',
  'x@[127.0.0.1]',
  'clermont',
  '63',
  '%00',
  '../../etc',
];
const SPACES = ['', ' ', '\t', '\n\n', '\r\n', '\u00a0', '\u3000'];

const LISTED = [HTML, MARKS, EMOJI, OPERATORS, NAMES, NUMBERS, ADDRESSES, SPACES].map((list) =>
  fc.constantFrom(...list),
);
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const anyValue: fc.Arbitrary<string> = fc.oneof(
  ...LISTED,
  fc
    .tuple(...[LISTED[0], LISTED[1], LISTED[2]].map((one) => one as fc.Arbitrary<string>))
    .map((parts) => parts.join(' ')),
  fc.string({ maxLength: 60, unit: 'binary' }).map(wellFormed),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.integer({ min: 75, max: LONGEST }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 75, max: 500 }).map((length) => '🌋'.repeat(length)),
);

/** How a value may come under a name: once, twice, as a list, as an object, as an operator. */
const shapesOf = (name: string, value: string, other: string): Posted[] => [
  [[name, value]],
  [
    [name, value],
    [name, other],
  ],
  [[`${name}[]`, value]],
  [
    [`${name}[0]`, value],
    [`${name}[1]`, other],
  ],
  [[`${name}[$gt]`, value]],
  [[`${name}[__proto__][x]`, value]],
  [[`${name}.$ne`, value]],
];

const strangeField = (name: string): fc.Arbitrary<Posted> =>
  fc
    .tuple(anyValue, anyValue, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 6 })))
    .map(([value, other, shape]) => shapesOf(name, value, other)[shape] ?? []);

/** What a browser would send of an answer that holds. */
const soundForm = (values: object): Posted =>
  Object.entries(values).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one): [string, string] => [name, one === false ? '' : String(one)]),
  );

/**
 * Posts of one step: a sound form, or nothing, in which some fields are replaced by what nobody should send, and others that
 * the page does not have come on top.
 */
export const postsOf = (step: Step, context: StepContext): fc.Arbitrary<Posted> => {
  const names = Object.keys(schemaOf(step, context).describe()['keys'] as object);
  const sound = soundForm({ ...context.answers[step.slug] });
  return fc
    .record({
      isSound: fc.boolean(),
      replaced: fc
        .subarray(names)
        .chain((chosen) => fc.tuple(fc.constant(chosen), fc.tuple(...chosen.map(strangeField)))),
      onTop: fc.option(fc.constantFrom(...NAMES, '$where', 'x').chain(strangeField)),
    })
    .map(({ isSound, replaced: [chosen, strange], onTop }) => [
      ...(isSound ? sound.filter(([name]) => !chosen.includes(name)) : []),
      ...strange.flat(),
      ...(onTop ?? []),
    ]);
};
