import { emailKeys } from './files/emailKeys.js';
import { emailsOwed } from './files/emailsOwed.js';
import { endedWithProject } from './files/endedWithProject.js';
import { erasedAround, erasedProject } from './files/erased.js';
import { factsPoint } from './files/factsPoint.js';
import { firstReferral } from './files/firstReferral.js';
import { halfDone } from './files/halfDone.js';
import { inHands } from './files/inHands.js';
import { inPlace } from './files/inPlace.js';
import { knownPartner } from './files/knownPartner.js';
import { knownRules } from './files/knownRules.js';
import { oneOpen } from './files/oneOpen.js';
import { projectState } from './files/projectState.js';
import { promise } from './files/promise.js';
import { referralState } from './files/referralState.js';
import { sequences } from './files/sequences.js';
import { storyHolds } from './files/storyHolds.js';
import { storyWhole } from './files/storyWhole.js';
import { wordsPoint } from './files/wordsPoint.js';
import type { Invariant } from './invariant.js';
import { departures, keysOfTheGone, sessionsOfTheGone } from './records/accounts.js';
import { auditChain } from './records/auditChain.js';
import { endedSomehow, leavesOnce, notLocked } from './records/emailEnds.js';
import { figures } from './records/figures.js';
import { keptTooLong } from './records/keptTooLong.js';
import { ledger } from './records/ledger.js';
import { notesPoint } from './records/notesPoint.js';
import { rulesets } from './records/rulesets.js';
import { strayEmail, strayEvent, strayLink, strayNote, strayNoteDraft, strayReferral } from './records/strays.js';

/**
 * Every rule that the store keeps, whatever was killed, full or away meanwhile; each is one file, with its label, what is at
 * stake, and the step of the desk that puts it right, if one does. In this order they are said and repaired: what is half done
 * comes first, since other faults may follow from it; figures come last, since they count all the rest.
 */
export const INVARIANTS = {
  'half-done': halfDone,
  'project-without-referral': firstReferral,
  'ended-with-project': endedWithProject,
  'departure-half-done': departures,
  'in-closed-hands': inHands,
  'two-open-referrals': oneOpen,
  'referral-sequence': sequences,
  'partner-receives': knownPartner,
  'referral-state': referralState,
  'referral-place': inPlace,
  'project-state': projectState,
  'story-holds': storyHolds,
  'story-whole': storyWhole,
  'event-without-referral': factsPoint,
  'promised-date': promise,
  'known-rules': knownRules,
  'words-without-event': wordsPoint,
  'email-missing': emailsOwed,
  'email-twice': emailKeys,
  'email-end': endedSomehow,
  'email-leaves-once': leavesOnce,
  'email-locked': notLocked,
  'erased-project': erasedProject,
  'erased-around': erasedAround,
  'referral-without-project': strayReferral,
  'event-without-project': strayEvent,
  'email-without-project': strayEmail,
  'link-nowhere': strayLink,
  'note-nowhere': strayNote,
  'note-draft-nowhere': strayNoteDraft,
  'note-without-referral': notesPoint,
  'session-of-closed-account': sessionsOfTheGone,
  'key-of-closed-account': keysOfTheGone,
  'kept-too-long': keptTooLong,
  'ledger-held': ledger,
  'ruleset-numbers': rulesets,
  'audit-chain': auditChain,
  figures,
} as const satisfies Record<string, Invariant>;
export type InvariantId = keyof typeof INVARIANTS;
export const INVARIANT_IDS = Object.keys(INVARIANTS) as InvariantId[];
/** The same row, for whoever goes through them all. */
export const invariantOf = (id: InvariantId): Invariant => INVARIANTS[id];
