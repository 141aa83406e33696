import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import type { Settle } from '../settle.js';
import { abandonEntry, listEntries, readEntry, saveEntry, startEntry } from './counterDrafts.js';
import { enterProject } from './enterProject.js';
import { previewEntry } from './previewEntry.js';
import { linkForReceipt, readReceipt } from './readReceipt.js';
import { listToCall, markSaid, toCallOfProject } from './toCallLines.js';

type Needs = Parts & { settleProject: Settle['settleProject']; activeRuleset: ActiveRuleset };

/** Entering a project for somebody, and telling on the telephone what others read in e-mails. */
export const counterServices = (parts: Needs) => ({
  listEntries: listEntries(parts),
  startEntry: startEntry(parts),
  readEntry: readEntry(parts),
  saveEntry: saveEntry(parts),
  abandonEntry: abandonEntry(parts),
  previewEntry: previewEntry(parts),
  enterProject: enterProject(parts),
  readReceipt: readReceipt(parts),
  linkForReceipt: linkForReceipt(parts),
  listToCall: listToCall(parts),
  toCallOfProject: toCallOfProject(parts),
  markSaid: markSaid(parts),
});
