import { type HolderAct, holderActsFor, saidNobodyCalled } from '../domain/referrals/holderActs.js';
import { REFERRAL_STATES } from '../domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
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
  /** Brought in beside the main one: they read the project. */
  joined: Partner[];
  /** What the desk asks and waits for; null when nothing. */
  question: { text: string; until: Date } | null;
  /** What the holder may do now, in the order of the page. */
  acts: HolderAct[];
}

/** While the referral is open: an end answers for the question. */
const questionOf = (referral: Referral | null): FollowedProject['question'] => {
  if (!referral?.asked || !REFERRAL_STATES[referral.state].open) return null;
  const { note, until } = referral.asked;
  const text = referral.notes.find(({ id }) => id === note)?.text;
  return text ? { text, until } : null;
};

type Needs = OpenParts & Pick<Parts, 'accounts' | 'events' | 'territory'>;

/**
 * Opens the follow-up page by the secret of its link; null when the data were erased. Throws NotFound when the link leads
 * nowhere.
 */
export const followProject = (parts: Needs) => {
  const { accounts, clock, events, referrals, territory } = parts;

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
      joined: (await referrals.associatedOf(project.id)).flatMap(({ partner }) => territory.partner(partner) ?? []),
      question: questionOf(referral),
      acts: holderActsFor(project, referral, clock()).filter(
        (act) => act !== 'nobodyCalled' || !saidNobodyCalled(story, clock()),
      ),
    };
  };
};
