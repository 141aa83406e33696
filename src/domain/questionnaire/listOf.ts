import Joi from 'joi';

/** The fault of a list that holds both choices and the one that excludes them. */
export const NOT_ALONE = 'list.notAlone';

/** Several of these choices, each once; `alone` ("I do not know yet") may be chosen, but with no other. */
export const listOf = (choices: readonly string[], alone?: string): Joi.ArraySchema<string[]> =>
  Joi.array()
    .single()
    .items(Joi.string().valid(...choices, ...(alone ? [alone] : [])))
    .unique()
    .custom((values: string[], helpers) =>
      alone !== undefined && values.includes(alone) && values.length > 1 ? helpers.error(NOT_ALONE) : values,
    );
