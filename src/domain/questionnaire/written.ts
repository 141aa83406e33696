import Joi from 'joi';

/** Something that can be read: at least one letter or figure. */
const READABLE = /[\p{L}\p{N}]/u;

/** What a person writes on one line: spaces and line feeds become one space, and something must be readable. */
export const line = (max: number): Joi.StringSchema =>
  Joi.string().replace(/\s+/g, ' ').trim().max(max).pattern(READABLE);

/** What a person writes on several lines. */
export const paragraph = (max: number): Joi.StringSchema => Joi.string().trim().max(max).pattern(READABLE);
