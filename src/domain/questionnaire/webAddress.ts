import type Joi from 'joi';

/** As long as an address may be, once completed. */
export const ADDRESS_MAX = 300;

const OPENS_WITH_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i;
const IS_WEB = /^https?:\/\/[^/]/i;
/** A host that a stranger can reach: names with a dot, which ends in letters; neither "localhost" nor bare numbers. */
const PUBLIC_HOST = /^(?:[^.]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;

/**
 * The address of a web page as it is kept: http or https, completed by https:// when only "example.org/page" was typed.
 * Null when it cannot be one, or is of a kind that does something else than show a page (javascript:, data:, mailto:).
 */
export const normaliseAddress = (typed: string): string | null => {
  const text = typed.trim();
  if (/\s/.test(text) || (OPENS_WITH_SCHEME.test(text) && !IS_WEB.test(text))) return null;
  const whole = IS_WEB.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return null;
  const { href, hostname, username, password } = new URL(whole);
  const isOpen = PUBLIC_HOST.test(hostname) && username === '' && password === '';
  return isOpen && href.length <= ADDRESS_MAX ? href : null;
};

/** For a schema: keeps the whole address. Faults: link.long, link.form. */
export const webPage: Joi.CustomValidator<string> = (typed, helpers) =>
  normaliseAddress(typed) ?? helpers.error(typed.trim().length > ADDRESS_MAX ? 'link.long' : 'link.form');
