import type { DemonstrationParts } from './pastParts.js';
import { MARK } from './removeDemonstration.js';

/** Is this store waiting for the territory's demonstration: never used, or left half loaded by a process that was stopped? */
export const needsDemonstration = async ({
  accounts,
  demonstration,
  marks,
  projects,
}: DemonstrationParts): Promise<boolean> => {
  if (!demonstration) return false;
  const mark = await marks.read(MARK);
  if (mark !== null) return mark === 'loading';
  return (await accounts.isEmpty()) && (await projects.isEmpty());
};
