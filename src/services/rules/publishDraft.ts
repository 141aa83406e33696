import { rulesPublished } from '../../domain/audit/auditNotes.js';
import { localMonth } from '../../domain/calendar/businessTime.js';
import type { Account } from '../../domain/referrals/access.js';
import { Conflict, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type ActiveRuleset, firstVersion, type PublishedRuleset, rulesetNumbered } from './activeRuleset.js';
import { type Checks, checkRuleset, type DraftChecks } from './checkDraft.js';
import { currentDraft, type DraftChanged, type DraftSeen, draftChanged } from './currentDraft.js';
import { checkRules } from './readRules.js';

export interface Publication {
  /** What the new version changes and why, for whoever reads the history. */
  note: string;
  /** Why each warning is passed over; `check` is the id of a finding. */
  overrides: { check: string; reason: string }[];
}

export type PublishOutcome =
  | { kind: 'published'; version: PublishedRuleset }
  /** `missingReasons`: ids of the warnings without a reason. */
  | { kind: 'refused'; checks: Checks; missingNote: boolean; missingReasons: string[] }
  | DraftChanged;

type Needs = Pick<
  Parts,
  'accounts' | 'clock' | 'examples' | 'firstRules' | 'newId' | 'note' | 'rulesetDrafts' | 'rulesets' | 'territory'
> & {
  activeRuleset: ActiveRuleset;
  draftChecks: DraftChecks;
};

/**
 * Makes the draft the next version, which decides from then on. Refused when the checks find an error, when an example
 * project is no longer sent where it is expected, or when a warning has no reason; `changed` when the draft is no longer
 * the one that was seen.
 */
export const publishDraft =
  (parts: Needs) =>
  async (by: Account, seen: DraftSeen, { note, overrides }: Publication): Promise<PublishOutcome> => {
    checkRules(by, 'editRules');
    const draft = await currentDraft(parts)();
    if (!draft || draft.id !== seen.draft || draft.revision !== seen.revision) return draftChanged(parts)();
    const checks = await parts.draftChecks(draft);
    const kept = reasonsFor(checks, overrides);
    const missingReasons = kept.filter(({ reason }) => reason === '').map(({ check }) => check);
    const missingNote = note.trim() === '';
    if (!checks.mayPublish || missingReasons.length > 0 || missingNote)
      return { kind: 'refused', checks, missingNote, missingReasons };
    const change = { ruleset: draft.ruleset, note, basedOn: draft.basedOn, overrides: kept };
    const version = await publish(parts, by, change, draft);
    if (!version) return draftChanged(parts)();
    await parts.note(rulesPublished(by, version.version, { overrides: kept.length }));
    await currentDraft(parts)();
    return { kind: 'published', version };
  };

/** Every warning with the reason given for it, empty when there is none. */
const reasonsFor = (checks: Checks, given: Publication['overrides']): PublishedRuleset['overrides'] =>
  checks.findings
    .filter(({ level }) => level === 'warning')
    .map(({ id, text }) => {
      const reason = given.find(({ check }) => check === id)?.reason.trim() ?? '';
      return { check: id, message: text, reason };
    });

/** Writes the next version, under a number that nobody has. Null when this draft, or this number, was published meanwhile. */
const publish = async (
  { clock, firstRules, rulesets }: Pick<Needs, 'clock' | 'firstRules' | 'rulesets'>,
  by: Account,
  change: Pick<PublishedRuleset, 'ruleset' | 'note' | 'basedOn' | 'overrides'>,
  from: { id: string; revision: number },
): Promise<PublishedRuleset | null> => {
  const first = firstVersion({ firstRules });
  // The rules that the territory began with are kept as they were, whatever a later release brings.
  await rulesets.insert(first, { id: 'first', revision: 0 });
  const now = clock();
  const number = ((await rulesets.latestNumber()) ?? first.number) + 1;
  const version = `${localMonth(now)}.${number}`;
  const ruleset = { ...change.ruleset, version };
  const next = { ...change, note: change.note.trim(), ruleset, number, version, publishedAt: now, by: by.id };
  return (await rulesets.insert(next, from)) ? next : null;
};

/**
 * Publishes a version of the past again, as a new one. It was checked when it was first published, so only what makes it
 * unusable today refuses it. The draft, if any, stays. Throws NotFound, Invalid, or Conflict when somebody was faster.
 */
export const rollBack =
  (parts: Needs) =>
  async (by: Account, number: number, note: string): Promise<PublishedRuleset> => {
    checkRules(by, 'editRules');
    if (note.trim() === '') throw new Invalid('Dites pourquoi cette version revient.');
    const old = await rulesetNumbered(parts)(number);
    const { faults, findings } = await checkRuleset(parts, old.ruleset, old.ruleset);
    const [error] = [...faults.map(({ message }) => message), ...findings.flatMap(errorText)];
    if (error) throw new Invalid(`La version ${number} ne peut plus servir\u00a0: ${error}.`);
    const change = { ruleset: old.ruleset, note, basedOn: number, overrides: [] };
    const version = await publish(parts, by, change, { id: parts.newId(), revision: 0 });
    if (!version) throw new Conflict('Une autre personne vient de publier une version des règles.');
    await parts.note(rulesPublished(by, version.version, { from: number }));
    return version;
  };

const errorText = ({ level, text }: Checks['findings'][number]): string[] => (level === 'error' ? [text] : []);
