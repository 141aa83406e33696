import Joi from 'joi';
import { parseForm } from '../../src/web/parseForm.js';

const schema = Joi.object({
  name: Joi.string()
    .trim()
    .max(5)
    .required()
    .messages({ 'string.max': 'Cinq lettres au plus.', '*': 'Dites votre nom.' }),
  age: Joi.number().integer().optional(),
});

describe('parseForm', () => {
  test('gives converted values, and drops what the schema does not know', () => {
    expect(parseForm(schema, { name: ' Ana ', age: '12', _csrf: 'x', admin: 'true' })).toEqual({
      values: { name: 'Ana', age: 12 },
    });
  });

  test('gives one message a field, and everything that was typed', () => {
    expect(parseForm(schema, { name: 'Anabelle', age: 'douze' })).toEqual({
      errors: { name: 'Cinq lettres au plus.', age: 'Vérifiez cette réponse.' },
      typed: { name: 'Anabelle', age: 'douze' },
    });
  });

  test.each([undefined, null, 'text', [], 12])('takes %p as an empty form', (body) => {
    expect(parseForm(schema, body)).toEqual({ errors: { name: 'Dites votre nom.' }, typed: {} });
  });

  test.each<[string, unknown]>([
    ['an object', { $gt: '' }],
    ['a list', ['a', 'b']],
    ['a list of objects', [{ a: 1 }]],
  ])('refuses %s where a text is asked', (_name, name) => {
    expect(parseForm(schema, { name }).errors?.['name']).toBe('Dites votre nom.');
  });

  test('takes out control characters, direction marks and halves of characters; keeps lines and emoji', () => {
    const free = Joi.object({ text: Joi.string() });
    const text = 'a\u0000b\u202ec\ud800d\r\ne 🌋';
    expect(parseForm(free, { text })).toEqual({ values: { text: 'abcd\ne 🌋' } });
  });

  test('lets a schema look at the context', () => {
    const among = Joi.object({ colour: Joi.string().valid(Joi.in('$colours')) });
    expect(parseForm(among, { colour: 'red' }, { context: { colours: ['red'] } }).values).toEqual({ colour: 'red' });
    expect(parseForm(among, { colour: 'blue' }, { context: { colours: ['red'] } }).errors).toBeDefined();
  });
});
