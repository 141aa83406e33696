import { besideEngine } from './routing/besideEngine.js';
import { zenEngine } from './routing/engines.js';

/** Our decision with its trace, beside the same rules on the same cases in @gorules/zen-engine. */
export const benchmark = besideEngine('routing-zen', zenEngine);
