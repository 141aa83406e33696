import type { Territory } from '../territory/territory.js';
import { frenchTypography } from '../territory/typography.js';
import type { Choice } from './step.js';

/** The desks that may serve this commune (INSEE code), in the order of the directory; none for null or outside. */
export const deskChoices = (code: string | null, territory: Territory): Choice[] => {
  const commune = code === null ? undefined : territory.commune(code);
  if (!commune) return [];
  const desks = territory.partners.filter((partner) => partner.role === 'desk' && territory.serves(partner, commune));
  return desks.map(({ id, name }) => ({ value: id, label: frenchTypography(name) }));
};
