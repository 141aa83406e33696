import type { EventType, ProjectEvent } from '../domain/referrals/referral.js';
import { type OpenParts, type OwnProject, openOwnProject } from './openOwnProject.js';
import type { Parts } from './parts.js';

/** Everything that is kept about a project, for its holder. */
export interface OwnData extends OwnProject {
  events: ProjectEvent[];
  /** What partners wrote to the holder; their notes to one another are theirs. */
  partnerWords: string[];
}

const TOLD: readonly EventType[] = ['detail-asked', 'written', 'closed'];

/** Gathers what is kept, by the secret of the link; null when it was erased. Throws NotFound when the link leads nowhere. */
export const ownData =
  (parts: OpenParts & Pick<Parts, 'events'>) =>
  async (token: string): Promise<OwnData | null> => {
    const own = await openOwnProject(parts)(token);
    if (!own) return null;
    const story = await parts.events.ofProject(own.project.id);
    const told = story.filter(({ type }) => TOLD.includes(type)).map(({ note }) => note);
    const held = await parts.referrals.ofProject(own.project.id);
    const written = held.flatMap(({ notes }) => notes).filter(({ id }) => told.includes(id));
    return { ...own, events: story, partnerWords: written.map(({ text }) => text) };
  };
