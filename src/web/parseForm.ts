import type Joi from 'joi';
import type { Language, Words } from '../domain/territory/language.js';

/** What was typed, safe to show again in the form: texts and lists of texts, nothing else. */
export type Typed = Record<string, string | string[]>;

/** One sentence for each field that must be put right. */
export type FieldErrors = Record<string, string>;

export type ParsedForm<T> =
  | { values: T; errors?: undefined; typed?: undefined }
  | { values?: undefined; errors: FieldErrors; typed: Typed };

/** For what a schema says nothing about. Only a catch-all: Joi prefers a precise default to a schema's own catch-all. */
const CHECK: Words = { fr: 'Vérifiez cette réponse.', en: 'Check this answer.' };

// Control characters but tab and line feed, and signs without a face: marks of direction, joiners other than those of
// pictures, spaces of no width.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|(?!\u200d)\p{Cf}/gu;

const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(UNWANTED, '')
    .replace(/\p{Surrogate}/gu, '');

const cleanValue = (value: unknown): string | string[] | undefined => {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').map(cleanText);
  return undefined;
};

const cleanBody = (body: unknown): Typed => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  const entries = Object.entries(body).map(([name, value]) => [name, cleanValue(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string | string[]] => entry[1] !== undefined));
};

const errorsByField = (error: Joi.ValidationError): FieldErrors => {
  const errors: FieldErrors = {};
  for (const { path, message } of error.details) errors[String(path[0] ?? '')] ??= message;
  return errors;
};

interface Options {
  /** What the schema may look at. */
  context?: Joi.Context;
  language?: Language;
}

/**
 * Reads a posted form: the values that the schema accepts, or one sentence a field, in French unless told, with what was typed.
 * Nothing but texts and lists of texts comes through, without control characters.
 */
export const parseForm = <T>(
  schema: Joi.ObjectSchema<T>,
  body: unknown,
  { context, language = 'fr' }: Options = {},
): ParsedForm<T> => {
  const typed = cleanBody(body);
  const { value, error } = schema.validate(typed, {
    abortEarly: false,
    convert: true,
    stripUnknown: true,
    messages: { '*': CHECK[language] },
    errors: { wrap: { label: false } },
    ...(context ? { context } : {}),
  });
  return error ? { errors: errorsByField(error), typed } : { values: value as T };
};
