import { besideEngine } from './routing/besideEngine.js';
import { jsonRulesEngine } from './routing/engines.js';

/** Our decision with its trace, beside the same rules on the same cases in json-rules-engine. */
export const benchmark = besideEngine('routing-json-rules-engine', jsonRulesEngine);
