import type { Delivery } from '../../domain/emails/delivery.js';
import { type Gathered, gatherNews, isGrouped, NEWS } from '../../domain/emails/grouping.js';
import { unwantedBecause } from '../../domain/emails/planEmails.js';
import { wayOf } from '../../domain/emails/saidAloud.js';
import type { Parts } from '../parts.js';
import type { Standing } from './standing.js';

export type TogetherParts = Pick<Parts, 'deliveries' | 'enqueue' | 'events'>;

const TOLD = 'told with another';

/**
 * When one of several news of a project is to leave, the latest leaves at once for all of them. Gives the events that this
 * one names (mostly none), or null when it does not leave: another one does, or did. Its mark is written before the others
 * are cancelled, so that a crash in between loses none.
 */
export const leaveTogether = ({ deliveries, enqueue, events }: TogetherParts) => {
  const follow = async (own: Delivery, { leader, also, told }: Gathered, now: Date): Promise<string[] | null> => {
    const isOwn = leader.id === own.id;
    if (told.length > 0) await deliveries.lead(leader.id, { also, due: isOwn || leader.due < now ? leader.due : now });
    const others = told.map(({ id }) => id).filter((id) => id !== own.id);
    if (others.length > 0) await deliveries.cancelFree(others, TOLD, now);
    if (isOwn) return also;
    await deliveries.markCancelled(own.id, TOLD);
    await enqueue([leader.id]);
    return null;
  };

  return async (own: Delivery, standing: Standing, now: Date): Promise<string[] | null> => {
    if (!isGrouped(own) || own.project === null) return own.also ?? [];
    const all = await deliveries.ofKinds(own.project, NEWS);
    if (all.length <= 1) return own.also ?? [];
    const story = await events.ofProject(own.project);
    const mayLeave = (delivery: Delivery): boolean => {
      const situation = standing(delivery);
      return !unwantedBecause(delivery.email, situation) && wayOf(delivery.email, situation) !== 'dropped';
    };
    const gathered = gatherNews(own, { all, story, mayLeave });
    if (gathered === null) return own.also ?? [];
    if (gathered !== 'told') return follow(own, gathered, now);
    await deliveries.markCancelled(own.id, TOLD);
    return null;
  };
};
