import { grown } from './growth/grown.js';
import { DASHBOARD } from './growth/pages.js';

/** The managers' figures of a million projects, over their time for ten thousand: less is better. */
export const benchmark = grown('dashboard-growth', DASHBOARD, 10_000);
