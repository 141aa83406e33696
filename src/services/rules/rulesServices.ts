import type { Parts } from '../parts.js';
import type { ActiveRuleset } from './activeRuleset.js';
import { checkDraft, draftChecks } from './checkDraft.js';
import { diffVersions } from './diffVersions.js';
import { discardDraft } from './discardDraft.js';
import { editDraft } from './editDraft.js';
import { publishDraft, rollBack } from './publishDraft.js';
import { readReplay, readReplays } from './readReplay.js';
import { readRules, readVersion } from './readRules.js';
import { rulesThatDecided } from './rulesThatDecided.js';
import { runReplay } from './runReplay.js';
import { startDraft } from './startDraft.js';
import { startReplay, stopReplay } from './startReplay.js';
import { tryProject } from './tryProject.js';

/** What managers do with the rules: versions, draft, checks, replays. Bound once to their parts. */
export const rulesServices = (parts: Parts & { activeRuleset: ActiveRuleset }) => {
  const withChecks = { ...parts, draftChecks: draftChecks(parts) };

  return {
    readRules: readRules(parts),
    readVersion: readVersion(parts),
    diffVersions: diffVersions(parts),
    tryProject: tryProject(parts),
    startDraft: startDraft(parts),
    editDraft: editDraft(parts),
    discardDraft: discardDraft(parts),
    checkDraft: checkDraft(withChecks),
    publishDraft: publishDraft(withChecks),
    rollBack: rollBack(withChecks),
    startReplay: startReplay(parts),
    stopReplay: stopReplay(parts),
    readReplay: readReplay(parts),
    readReplays: readReplays(parts),
    runReplay: runReplay(parts),
    rulesThatDecided: rulesThatDecided(parts),
  };
};
