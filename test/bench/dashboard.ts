import { DASHBOARD } from './growth/pages.js';
import { ofLargeDesk } from './web/ofLargeDesk.js';

/** The managers' figures over a million projects, beside a bare Express with one indexed read of the same counts and EJS. */
export const benchmark = ofLargeDesk('dashboard', DASHBOARD);
