import type { Request, Response } from 'express';
import { isOwn } from './shell.js';

/**
 * Names of fields that are never written into a page: passwords and codes, of today and of before (src/web/account/), and
 * whatever might one day be called so. A form that holds one is filled in again by hand.
 */
const NEVER_KEPT = new Set([
  'password',
  'before',
  'code',
  'earlier',
  'recovery',
  'token',
  'secret',
  'session',
  'state',
  'mot-de-passe',
  'jeton',
]);

/** Made anew by the page. */
const TOKEN = '_csrf';

/** A form to be sent again: what was typed, as hidden fields. */
export interface KeptForm {
  /** Where it was sent, in this service. */
  action: string;
  fields: { name: string; value: string }[];
}

/** One field for each text; null for what no form of ours sends. */
const asFields = (name: string, value: unknown): KeptForm['fields'] | null => {
  const values: unknown[] = [value].flat();
  return values.every((one) => typeof one === 'string') ? values.map((one) => ({ name, value: one as string })) : null;
};

/**
 * What a form of ours held that could not be dealt with; null when there was none, when its token was not looked at or not right
 * (another site could have sent it), or when it must be filled in again. No larger than the form was (FORM_LIMIT in app.ts).
 */
export const keptAnswers = (req: Request, res: Response): KeptForm | null => {
  if (req.method !== 'POST' || res.locals['formIsOurs'] !== true || !isOwn(req.originalUrl)) return null;
  const sent = Object.entries((req.body ?? {}) as Record<string, unknown>).filter(([name]) => name !== TOKEN);
  if (sent.some(([name]) => NEVER_KEPT.has(name.toLowerCase()))) return null;
  const fields = sent.map(([name, value]) => asFields(name, value));
  return fields.some((field) => field === null)
    ? null
    : { action: req.originalUrl, fields: fields.flat() as KeptForm['fields'] };
};
