import { QUEUE } from './growth/pages.js';
import { ofLargeDesk } from './web/ofLargeDesk.js';

/** An advisor's queue, 25 projects a page, among a million, beside a bare Express with one indexed find of 25 and EJS. */
export const benchmark = ofLargeDesk('queue', QUEUE);
