import { grown } from './growth/grown.js';
import { QUEUE } from './growth/pages.js';

/** The queue of an advisor at a million referrals, over its time at a thousand: less is better. */
export const benchmark = grown('queue-growth', QUEUE, 1000);
