import type Joi from 'joi';

const inPairs = (national: string): string => national.replace(/(\d\d)(?=\d)/g, '$1 ');

/**
 * A telephone number as it is kept: "06 12 34 56 78" for French numbers however they were typed (dots, hyphens, +33, 0033,
 * (0)), "+41223334455" for the others. Null when it cannot be a number.
 */
export const normalisePhone = (typed: string): string | null => {
  const bare = typed.replace(/\(0\)/g, '').replace(/[\s.\-/()\u2010-\u2015]/g, '');
  const french = /^(?:\+33|0033|0)0?([1-9]\d{8})$/.exec(bare);
  if (french) return inPairs(`0${french[1]}`);
  const foreign = /^(?:\+|00)([1-9]\d{7,14})$/.exec(bare);
  if (foreign && !foreign[1]?.startsWith('33')) return `+${foreign[1]}`;
  return null;
};

/** For a schema: keeps the number as `normalisePhone` gives it. Fault: phone.form. */
export const phoneNumber: Joi.CustomValidator<string> = (typed, helpers) =>
  normalisePhone(typed) ?? helpers.error('phone.form');
