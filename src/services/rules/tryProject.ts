import type { Account } from '../../domain/referrals/access.js';
import type { RoutingDecision, RoutingFacts } from '../../domain/routing/decision.js';
import { routeProject } from '../../domain/routing/routeProject.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from './activeRuleset.js';
import { currentDraft } from './currentDraft.js';
import { checkRules } from './readRules.js';

/** Where a made-up project would go with the rules of today, and with the draft when there is one. Keeps nothing. */
export const tryProject =
  (
    parts: Pick<Parts, 'newId' | 'rulesetDrafts' | 'rulesets' | 'territory'> & {
      activeRuleset: ActiveRuleset;
    },
  ) =>
  async (reader: Account, facts: RoutingFacts): Promise<{ now: RoutingDecision; draft: RoutingDecision | null }> => {
    checkRules(reader, 'seeRules');
    const active = await parts.activeRuleset();
    const draft = await currentDraft(parts)();
    return {
      now: routeProject(facts, active.ruleset, parts.territory),
      draft: draft && routeProject(facts, draft.ruleset, parts.territory),
    };
  };
