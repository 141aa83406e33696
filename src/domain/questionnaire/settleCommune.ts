import type Joi from 'joi';
import { communeCandidates, findCommune } from './communeChoice.js';
import type { StepContext } from './step.js';

/**
 * Settles on one commune from what was typed and perhaps chosen, or says what is missing beside the field that can put it
 * right. Faults: place.empty, place.none, place.several.
 */
export const settleCommune =
  ({ territory }: Pick<StepContext, 'territory'>): Joi.CustomValidator =>
  (values: { place: string; commune?: string | null; abroad: boolean }, helpers) => {
    if (values.abroad) return { place: '', commune: null, abroad: true };
    const wrong = (code: string, field: string) => helpers.error(code, {}, helpers.state.localize?.([field]));
    if (values.place === '') return wrong('place.empty', 'place');
    const commune = findCommune(territory, values.place, values.commune ?? undefined);
    if (commune) return { place: commune.name, commune: commune.code, abroad: false };
    return communeCandidates(territory, values.place).length > 0
      ? wrong('place.several', 'commune')
      : wrong('place.none', 'place');
  };
