import { grown } from './growth/grown.js';
import { SEARCH } from './growth/pages.js';

/** A search among a million referrals, over its time among a thousand: less is better. */
export const benchmark = grown('search-growth', SEARCH, 1000);
