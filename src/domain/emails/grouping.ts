import { localDay, nextBusinessInstant } from '../calendar/businessTime.js';
import { isHolders } from '../referrals/holderStory.js';
import type { ProjectEvent } from '../referrals/referral.js';
import { EMAIL_IDS, type EmailId, rowOf } from './catalogue.js';
import { type Delivery, eventOf, isByHand, isOwed } from './delivery.js';

/** What several acts on a project set off within some minutes, and leaves as one. */
export const NEWS: readonly EmailId[] = EMAIL_IDS.filter((id) => rowOf(id).group === 'news of the project');

/** What somebody sends again by hand leaves by itself. */
export const isGrouped = (delivery: Pick<Delivery, 'email' | 'occasion'>): boolean =>
  NEWS.includes(delivery.email) && !isByHand(delivery);

/** The event that it answers: named by its occasion, or the last such event of the day that its occasion is. */
const answered = (delivery: Delivery, story: ProjectEvent[]): ProjectEvent | undefined => {
  const { triggers, pace } = rowOf(delivery.email);
  if (!pace) return story.find(({ id }) => id === eventOf(delivery));
  const onItsDay = ({ at }: ProjectEvent): boolean => localDay(nextBusinessInstant(at)) === eventOf(delivery);
  return story.filter(isHolders).findLast((event) => triggers.includes(event.type) && onItsDay(event));
};

const hasTold = ({ sentAt, toCall }: Delivery): boolean => Boolean(sentAt ?? toCall);

/** `leader` leaves for all of them, and names the events `also`; `told` do not leave any more. */
export interface Gathered {
  leader: Delivery;
  also: string[];
  told: Delivery[];
}

/**
 * What becomes of one of a group whose time has come. In: the group's e-mails about its project (`all`, itself among them),
 * the project's story first to last, and which e-mails may leave as things stand. The latest that may leave leaves for those
 * before it. 'told': another one that has left named it. Null: neither it nor a later one may leave.
 */
export const gatherNews = (
  own: Delivery,
  { all, story, mayLeave }: { all: Delivery[]; story: ProjectEvent[]; mayLeave: (delivery: Delivery) => boolean },
): Gathered | 'told' | null => {
  const eventIdOf = (delivery: Delivery): string => answered(delivery, story)?.id ?? eventOf(delivery);
  const placeOf = (delivery: Delivery): number => story.findIndex(({ id }) => id === eventIdOf(delivery));
  if (all.some((other) => hasTold(other) && other.also?.includes(eventIdOf(own)))) return 'told';

  const owed = all.filter((each) => isGrouped(each) && (each.id === own.id || isOwed(each)));
  const inOrder = owed.sort((a, b) => placeOf(a) - placeOf(b));
  const leader = inOrder.findLast(mayLeave);
  if (!leader || inOrder.indexOf(leader) < inOrder.findIndex(({ id }) => id === own.id)) return null;
  const told = inOrder.slice(0, inOrder.indexOf(leader));
  const also = told.flatMap((each) => [...(each.also ?? []), eventIdOf(each)]);
  return { leader, told, also: [...new Set([...also, ...(leader.also ?? [])])] };
};
