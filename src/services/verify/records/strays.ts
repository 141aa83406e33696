import type { Invariant, Repair } from '../invariant.js';

interface Kind {
  collection: string;
  label: string;
  severity: Invariant['severity'];
  repair: Repair | null;
  /** How one of them is called. */
  one: string;
}

const named = ({ collection, one, ...rest }: Kind): Invariant => ({
  ...rest,
  async *inStore({ everyRecord }, _standing, only) {
    for await (const { project, count } of everyRecord.strays(collection, only))
      yield { id: project, what: `${one} d’un projet qui n’existe pas\u00a0: ${count}` };
  },
});

/** As when the demonstration is taken away. */
const removal = (repository: 'links' | 'noteDrafts' | 'notes'): Repair => ({
  by: 'ce qui ne mène à aucun projet est retiré',
  run: (parts, faults) => parts[repository].removeOfProjects(faults.map(({ id }) => id)),
});

export const strayReferral = named({
  collection: 'referrals',
  label: 'Une mise en relation a son projet',
  severity: 'loss',
  repair: null,
  one: 'mise en relation',
});
export const strayEvent = named({
  collection: 'events',
  label: 'Un fait a son projet',
  severity: 'loss',
  repair: null,
  one: 'fait',
});
export const strayEmail = named({
  collection: 'deliveries',
  label: 'Un message a son projet',
  severity: 'loss',
  repair: null,
  one: 'message',
});
export const strayLink = named({
  collection: 'links',
  label: 'Un lien mène à un projet',
  severity: 'remains',
  repair: removal('links'),
  one: 'lien',
});
export const strayNote = named({
  collection: 'notes',
  label: 'Une note a son projet',
  severity: 'remains',
  repair: removal('notes'),
  one: 'note',
});
export const strayNoteDraft = named({
  collection: 'noteDrafts',
  label: 'Une note en cours a son projet',
  severity: 'remains',
  repair: removal('noteDrafts'),
  one: 'note en cours',
});
