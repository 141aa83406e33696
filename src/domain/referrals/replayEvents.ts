import type { Outcome } from '../routing/decision.js';
import { ACTS, type Act, leadsTo, REFERRAL_STATES, type ReferralState } from './lifecycle.js';
import { associatedId } from './newReferral.js';
import { projectState } from './projectState.js';
import type { ProjectEvent, ProjectState, Referral } from './referral.js';
import { inStoryOrder } from './storyOrder.js';

/** A referral as its events tell it. */
export type Replayed = Pick<Referral, 'id' | 'partner' | 'role' | 'state' | 'takenBy'>;

export interface ReplayedProject {
  state: ProjectState;
  /** Main ones first to last, then those of associated partners. */
  referrals: Replayed[];
  /** Ids of events that the lifecycle does not know, or that begin where the one before did not end. */
  impossible: string[];
}

const CHANGES = Object.entries(ACTS) as [Act, (typeof ACTS)[Act]][];

const isInLifecycle = ({ type, before, after }: ProjectEvent, now: ReferralState): boolean =>
  before === now &&
  CHANGES.some(([act, row]) => {
    const from: readonly ReferralState[] = row.from;
    return row.event === type && from.includes(now) && leadsTo(act, now, after as ReferralState);
  });

/** Who has it in hand after the event. */
const handsAfter = ({ type, actor, to, after }: ProjectEvent, takenBy: string | null): string | null => {
  if (type === 'taken' || type === 'reopened') return actor.account;
  if (type === 'released') return null;
  return type === 'transferred' && after === 'taken' ? (to ?? null) : takenBy;
};

const REFERRAL_EVENTS = new Set<string>(CHANGES.filter(([, { by }]) => by !== 'holder').map(([, { event }]) => event));
const isChange = ({ type, rank }: ProjectEvent): boolean => REFERRAL_EVENTS.has(type) || rank !== undefined;

/** The holder ends everything, whatever an advisor did at the same instant. */
const endOf = ({ type, after }: ProjectEvent): ProjectState | null =>
  type === 'withdrawn' || type === 'erased' ? (after as ProjectState) : null;

/**
 * The states of a project and of its referrals, from nothing but its events: what the store holds must be the same. Pure;
 * in any order of the events.
 */
export const replayEvents = (events: ProjectEvent[]): ReplayedProject => {
  const main = new Map<string, Replayed>();
  const associated = new Map<string, Replayed>();
  const impossible: string[] = [];
  let outcome: Outcome = 'triage';
  let end: ProjectState | null = null;
  let isClosed = false;
  for (const event of inStoryOrder(events)) {
    const { id, type, referral, partner, project, to } = event;
    if (type === 'submitted') outcome = event.after as Outcome;
    end ??= endOf(event);
    if (type === 'referred' || type === 'closed-in-triage') isClosed = type === 'closed-in-triage';
    if (type === 'closed-in-triage') continue;
    if (type === 'referred' && referral && partner)
      main.set(referral, { id: referral, partner, role: 'main', state: 'waiting', takenBy: null });
    else if (isChange(event)) {
      const held = referral && main.get(referral);
      if (!held || !isInLifecycle(event, held.state)) impossible.push(id);
      else Object.assign(held, { state: event.after, takenBy: handsAfter(event, held.takenBy) });
    }
    if (type === 'brought-in' && to) associated.set(to, broughtIn(project, to));
  }
  const mains = [...main.values()].map((one) => (end === null ? one : ended(one)));
  const state = end ?? (isClosed ? 'closed' : projectState({ outcome }, mains.at(-1)?.state ?? null));
  return { state, referrals: [...mains, ...associated.values()], impossible };
};

const broughtIn = (project: string, partner: string): Replayed => ({
  id: associatedId(project, partner),
  partner,
  role: 'associated',
  state: 'informed',
  takenBy: null,
});

const ended = (referral: Replayed): Replayed =>
  REFERRAL_STATES[referral.state].open ? { ...referral, state: 'withdrawn' } : referral;
