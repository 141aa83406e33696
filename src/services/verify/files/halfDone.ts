import { ABANDONED_AFTER } from '../../settle.js';
import { settleLeft } from '../again.js';
import type { Invariant } from '../invariant.js';
import { leftBefore } from '../projectFile.js';

export const halfDone: Invariant = {
  label: 'Ce qui suit d’un acte est fait, ou repris dans la minute',
  severity: 'loss',
  repair: settleLeft,
  inFile: (file, { now }) =>
    leftBefore(file, new Date(now.getTime() - ABANDONED_AFTER)).map(({ id, type }) => ({
      id,
      what: `acte «\u00a0${type}\u00a0» du projet ${file.project.id} à moitié fait`,
    })),
};
