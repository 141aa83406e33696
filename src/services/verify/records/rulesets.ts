import type { Invariant } from '../invariant.js';

export const rulesets: Invariant = {
  label: 'Les versions des règles se suivent sans trou',
  severity: 'wrong',
  repair: null,
  async *inStore(parts) {
    const numbers = (await parts.rulesets.history()).map(({ number }) => number).sort((a, b) => a - b);
    // The first one is in the code until there is a second.
    const from = numbers[0] === 2 ? 2 : 1;
    const wrong = numbers.find((number, place) => number !== from + place);
    if (wrong !== undefined) yield { id: String(wrong), what: `versions présentes\u00a0: ${numbers.join(', ')}` };
  },
};
