import { type HolderAct, holderActsFor, saidNobodyCalled } from '../domain/referrals/holderActs.js';
import type { ProjectEvent } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import { type OpenParts, type OwnProject, openOwnProject } from './openOwnProject.js';
import type { Parts } from './parts.js';

/** What the holder's own page shows. `referral` is the latest main one; `partner` is where it is. */
export interface FollowedProject extends OwnProject {
  partner: Partner | null;
  /** Name of the advisor who has taken it in hand. */
  person: string | null;
  events: ProjectEvent[];
  associated: Partner[];
  /** What the holder may do now, in the order of the page. */
  acts: HolderAct[];
}

type Needs = OpenParts & Pick<Parts, 'accounts' | 'events' | 'territory'>;

/**
 * Opens the follow-up page by the secret of its link; null when the data were erased. Throws NotFound when the link leads
 * nowhere.
 */
export const followProject = (parts: Needs) => {
  const { accounts, clock, events, territory } = parts;

  return async (token: string): Promise<FollowedProject | null> => {
    const own = await openOwnProject(parts)(token);
    if (!own) return null;
    const { project, referral } = own;
    const person = referral?.takenBy ? await accounts.byId(referral.takenBy) : null;
    const story = await events.ofProject(project.id);
    return {
      ...own,
      partner: referral ? (territory.partner(referral.partner) ?? null) : null,
      person: person?.name ?? null,
      events: story,
      associated: project.decision.associated.flatMap((partner) => territory.partner(partner) ?? []),
      acts: holderActsFor(project, referral, clock()).filter(
        (act) => act !== 'nobodyCalled' || !saidNobodyCalled(story, clock()),
      ),
    };
  };
};
