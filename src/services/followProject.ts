import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import type { Parts } from './parts.js';

/** What the holder's own page shows. `referral` is the latest main one; `partner` is where it is. */
export interface FollowedProject {
  project: Project;
  referral: Referral | null;
  partner: Partner | null;
  /** Name of the advisor who has taken it in hand. */
  person: string | null;
  events: ProjectEvent[];
  associated: Partner[];
}

/** Opens the follow-up page by the secret of its link; null when the link leads nowhere. */
export const followProject =
  ({
    accounts,
    events,
    links,
    projects,
    referrals,
    territory,
  }: Pick<Parts, 'accounts' | 'events' | 'links' | 'projects' | 'referrals' | 'territory'>) =>
  async (token: string): Promise<FollowedProject | null> => {
    const id = await links.projectOf('follow-up', token);
    const project = id && (await projects.byId(id));
    if (!project) return null;
    const referral = (await referrals.ofProject(project.id)).at(-1) ?? null;
    const person = referral?.takenBy ? await accounts.byId(referral.takenBy) : null;
    return {
      project,
      referral,
      partner: referral ? (territory.partner(referral.partner) ?? null) : null,
      person: person?.name ?? null,
      events: await events.ofProject(project.id),
      associated: project.decision.associated.flatMap((partner) => territory.partner(partner) ?? []),
    };
  };
