import type { EventType, ProjectEvent } from './referral.js';

/** Events of one instant in the order that they can only have happened in. */
const ORDER: Record<EventType, number> = {
  submitted: 0,
  referred: 1,
  taken: 2,
  declined: 3,
  closed: 3,
  withdrawn: 3,
  released: 3,
  transferred: 3,
  'call-logged': 3,
  booked: 3,
  'detail-asked': 3,
  'detail-given': 3,
  'wait-ended': 3,
  'brought-in': 3,
  rerouted: 3,
  reopened: 3,
  expired: 3,
  'closed-in-triage': 4,
  shared: 4,
  'message-added': 4,
  'contact-corrected': 4,
  'nobody-called': 4,
  surveyed: 4,
  became: 4,
  written: 3,
  'address-refused': 4,
  erased: 5,
};

type Placed = Pick<ProjectEvent, 'at' | 'type' | 'rank'>;

/**
 * The story of one project, first to last. Changes of its referrals go by their rank, whatever the clocks of the processes
 * that wrote them said; the rest by time.
 */
export const inStoryOrder = <Event extends Placed>(events: Event[]): Event[] => {
  const byTime = events.toSorted((a, b) => a.at.getTime() - b.at.getTime() || ORDER[a.type] - ORDER[b.type]);
  const byRank = byTime.filter(({ rank }) => rank !== undefined).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const ranked = byRank.values();
  return byTime.map((event) => (event.rank === undefined ? event : (ranked.next().value ?? event)));
};
