import { loadTerritory } from '../../../../src/data/territoryFiles.js';
import { answersInWords } from '../../../../src/domain/questionnaire/inWords.js';
import { type Field, type Step, schemaOf } from '../../../../src/domain/questionnaire/step.js';
import { STEPS } from '../../../../src/domain/questionnaire/steps/index.js';
import type { Language } from '../../../../src/domain/territory/language.js';
import { parseForm } from '../../../../src/web/parseForm.js';
import { completeAnswers } from '../../../support/answers.js';

const territory = loadTerritory();
const contextIn = (language: Language) => ({ answers: completeAnswers(), territory, language });

/** Names of bodies and a word that is the same in both. */
const SAME_IN_BOTH = new Set([
  ...territory.partners.map(({ name }) => name.replaceAll("'", '’')),
  'Description',
  'Culture, médias',
]);

const choicesOf = (field: Field) =>
  'groups' in field ? [...field.groups.flatMap(({ choices }) => choices), ...(field.none ? [field.none] : [])] : [];

const wordsOf = (field: Field): (string | undefined)[] => [
  field.label,
  field.inSummary,
  field.hint,
  field.whenEmpty,
  field.kind === 'tick' ? field.tick : undefined,
  ...('groups' in field ? field.groups.map(({ title }) => title) : []),
  ...choicesOf(field).flatMap(({ label, hint }) => [label, hint]),
];

/** Bodies that no step takes: each gives the messages of its fields. */
const BAD_BODIES = (step: Step) => {
  const names = [...step.fields(contextIn('fr')).map(({ name }) => name), ...Object.keys(step.hidden ?? {})];
  return ['', 'x', 'x'.repeat(5000), ['a', 'b'], '123456789', '12345678901234', 'Clermont', 'other'].map((value) =>
    Object.fromEntries(names.map((name) => [name, value])),
  );
};

const messagesIn = (step: Step, language: Language): string[] =>
  BAD_BODIES(step).flatMap((body) =>
    Object.values(parseForm(schemaOf(step, contextIn(language)), body, { language }).errors ?? {}),
  );

describe.each(STEPS.map((step) => [step.slug, step] as const))('the step %s', (_slug, step) => {
  const french = step.fields(contextIn('fr'));
  const english = step.fields(contextIn('en'));

  test('asks the same in both languages: same fields, same choices', () => {
    const shape = (fields: Field[]) =>
      fields.map((field) => [field.kind, field.name, field.optional, choicesOf(field).map(({ value }) => value)]);
    expect(shape(english)).toEqual(shape(french));
  });

  test('says every word in both', () => {
    const [fr, en] = [french.flatMap(wordsOf), english.flatMap(wordsOf)];
    expect(en.length).toBe(fr.length);
    const untranslated = fr.filter((words, at) => words !== undefined && words === en[at]);
    expect(untranslated.filter((words) => !SAME_IN_BOTH.has(words ?? ''))).toEqual([]);
    expect(step.question.en).not.toBe(step.question.fr);
    if (step.help) expect(step.help.en).not.toBe(step.help.fr);
  });

  test('finds the same faults in both, each in its own words', () => {
    const [fr, en] = [messagesIn(step, 'fr'), messagesIn(step, 'en')];
    expect(fr.length).toBeGreaterThan(0);
    expect(en.length).toBe(fr.length);
    expect(fr.filter((message, at) => message === en[at])).toEqual([]);
  });

  test('keeps French typography: no-break spaces before high signs, and round apostrophes', () => {
    const said = [...french.flatMap(wordsOf), step.question.fr, step.help?.fr, ...messagesIn(step, 'fr')];
    expect(said.filter((words) => words && /[^\u00a0][:;?!»](?!\/)|«[^\u00a0]|'|!/.test(words))).toEqual([]);
  });

  test('says the answers in English without a French word left by mistake', () => {
    const values = { ...completeAnswers()[step.slug] };
    const [fr, en] = (['fr', 'en'] as const).map((language) => answersInWords(step, values, contextIn(language)));
    expect(en?.map(({ field, value }) => [field, value])).toEqual(fr?.map(({ field, value }) => [field, value]));
    expect(en?.filter(({ question }, at) => question !== 'Description' && question === fr?.[at]?.question)).toEqual([]);
  });
});
