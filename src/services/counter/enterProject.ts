import type { Account } from '../../domain/referrals/access.js';
import { KEEP_REASONS, SEND_REASONS } from '../../domain/referrals/lifecycle.js';
import type { Override, Project } from '../../domain/referrals/referral.js';
import type { RoutingDecision } from '../../domain/routing/decision.js';
import { decisionKey } from '../../domain/routing/decisionKey.js';
import { routeProject } from '../../domain/routing/routeProject.js';
import { Conflict, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import type { Settle } from '../settle.js';
import { storeProject } from '../storeProject.js';
import { type Entry, readEntry } from './counterDrafts.js';
import { submissionOf } from './previewEntry.js';

type Needs = Pick<Parts, 'clock' | 'counterDrafts' | 'counts' | 'newId' | 'newReference' | 'projects' | 'territory'> & {
  settleProject: Settle['settleProject'];
  activeRuleset: ActiveRuleset;
};

/** As the rules say, or at another partner with a reason. `decided`: what the page showed. */
export interface Choice {
  decided: string;
  instead: { partner: string | null; reason: string; words: string } | null;
}

/** Advisors and leads keep it at their partner; managers choose among the partners that receive projects. */
const overrideOf = (
  by: Account,
  { instead }: Choice,
  decision: RoutingDecision,
  { territory }: Needs,
): Override | null => {
  if (!instead) return null;
  const isManager = by.role === 'manager';
  const partner = isManager ? instead.partner : by.partner;
  const target = partner === null ? undefined : territory.partner(partner);
  if (!target || target.role === 'inactive') throw new Invalid('Choisissez un partenaire de la liste.');
  if (target.id === decision.main) return null;
  const reasons = isManager ? SEND_REASONS : KEEP_REASONS;
  if (!Object.hasOwn(reasons, instead.reason)) throw new Invalid('Choisissez une raison de la liste.');
  const { reason, words } = instead;
  return {
    partner: target.id,
    reason,
    words,
    kind: isManager ? 'chosen' : 'kept',
    by: { role: by.role, account: by.id },
  };
};

/**
 * Makes a project of what was entered, as the rules decide at this moment unless whoever enters it chose otherwise, which
 * is kept beside the decision. A double click makes one. Throws Conflict when the rules decide otherwise than the page said.
 */
export const enterProject =
  (parts: Needs) =>
  async (by: Account, id: string, choice: Choice): Promise<Project> => {
    const entry = await readEntry(parts)(by, id);
    const sent = await parts.projects.byDraft(id);
    const project = sent ?? (await store(parts, by, entry, choice));
    await parts.settleProject(project.id);
    return project;
  };

const store = async (parts: Needs, by: Account, entry: Entry, choice: Choice): Promise<Project> => {
  const at = parts.clock();
  const submission = submissionOf(entry, parts);
  if (!entry.consent) throw new Invalid('Dites comment la personne a donné son accord.');
  const { ruleset } = await parts.activeRuleset();
  const decision = routeProject(submission.facts, ruleset, parts.territory);
  if (decisionKey(decision) !== choice.decided) {
    throw new Conflict('Les règles ont changé entre-temps. Relisez l’orientation avant d’envoyer.');
  }
  const { project } = await storeProject(parts)({
    submission,
    decision,
    draft: entry.id,
    submittedAt: at,
    channel: entry.channel,
    consent: { by: by.id, ...entry.consent },
    override: overrideOf(by, choice, decision, parts),
    actor: { role: by.role, account: by.id },
    flags: [],
    demo: false,
  });
  return project;
};
