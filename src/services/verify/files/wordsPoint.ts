import type { Fault, Invariant } from '../invariant.js';

/** Words are kept apart from the facts that they go with: each finds the other. */
export const wordsPoint: Invariant = {
  label: 'Les mots d’une personne ont leur fait, et un fait ses mots',
  severity: 'loss',
  repair: null,
  inFile: ({ project, mains, associated, events }): Fault[] => {
    if (project.erasedAt) return [];
    const kept = [...mains, ...associated].flatMap(({ notes }) => notes).concat(project.messages);
    const there = new Set([...kept.map(({ id }) => id), project.closing?.id]);
    const told = new Set(events.map(({ note }) => note));
    const lost = events.flatMap(({ id, note, type }) =>
      // Ended in triage, then sent on: the words of that end are gone with it.
      note && !there.has(note) && type !== 'closed-in-triage' ? [{ id, what: `mots ${note} introuvables` }] : [],
    );
    return [
      ...lost,
      ...kept.flatMap(({ id }) => (told.has(id) ? [] : [{ id, what: `mots sans fait, projet ${project.id}` }])),
    ];
  },
};
