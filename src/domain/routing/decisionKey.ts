import type { RoutingDecision } from './decision.js';

/** What a page shows of a decision, sent back with its form, so that nobody confirms another one. */
export const decisionKey = ({ outcome, main }: Pick<RoutingDecision, 'outcome' | 'main'>): string =>
  `${outcome}:${main ?? ''}`;
