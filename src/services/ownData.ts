import type { EventType, ProjectEvent } from '../domain/referrals/referral.js';
import { type OpenParts, type OwnProject, openOwnProject } from './openOwnProject.js';
import type { Parts } from './parts.js';

/** Everything that is kept about a project, for its holder. */
export interface OwnData extends OwnProject {
  events: ProjectEvent[];
  /** What partners wrote to the holder; their notes to one another are theirs. */
  partnerWords: string[];
}

export type OwnDataParts = Pick<Parts, 'events' | 'referrals'>;

const TOLD: readonly EventType[] = ['detail-asked', 'written', 'closed'];

/** Gathers what is kept of a project, however it was opened. */
export const dataOf =
  ({ events, referrals }: OwnDataParts) =>
  async (own: OwnProject): Promise<OwnData> => {
    const story = await events.ofProject(own.project.id);
    const told = story.filter(({ type }) => TOLD.includes(type)).map(({ note }) => note);
    const held = await referrals.ofProject(own.project.id);
    const written = held.flatMap(({ notes }) => notes).filter(({ id }) => told.includes(id));
    return { ...own, events: story, partnerWords: written.map(({ text }) => text) };
  };

/** The same by the secret of the link; null when it was erased. Throws NotFound when the link leads nowhere. */
export const ownData =
  (parts: OpenParts & OwnDataParts) =>
  async (token: string): Promise<OwnData | null> => {
    const own = await openOwnProject(parts)(token);
    return own && dataOf(parts)(own);
  };
