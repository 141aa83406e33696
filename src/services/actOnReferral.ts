import { type Account, may } from '../domain/referrals/access.js';
import {
  ACTS,
  type Act,
  type CloseOutcome,
  DECLINE_REASONS,
  type DeclineReason,
  leadsTo,
  REFERRAL_STATES,
  type ReferralState,
} from '../domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid, NotFound } from '../errors.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'events' | 'newId' | 'projects' | 'referrals'> & {
  settleReferral: Settle['settleReferral'];
};
type Change = Partial<Omit<Referral, 'id' | 'project' | 'version' | 'notes'>>;

const TAKEN_BACK = 'La personne a retiré son projet. Il ne reste rien à faire.';

/**
 * The acts of an advisor on a referral of the own partner. Each is one guarded write from the version that the advisor
 * saw. Throws NotFound for another partner's referral, and Conflict, saying who was faster, when it changed in between.
 */
export const actOnReferral = ({ accounts, clock, events, newId, projects, referrals, settleReferral }: Needs) => {
  /** A double click, or a page sent again: the same person has just done this very act. */
  const isDoneAlready = async (now: Referral, { by }: Seen, asked: ReferralState | undefined): Promise<boolean> => {
    const pending = await referrals.outbox(now.id);
    const story = await events.ofProject(now.project);
    const last = [...story, ...pending].findLast(({ referral }) => referral === now.id);
    return now.state === asked && last?.after === asked && last?.actor.account === by.id;
  };

  const whoWasFaster = async (seen: Seen, asked: ReferralState | undefined): Promise<Referral> => {
    const now = await referrals.byId(seen.id);
    if (!now) throw new NotFound();
    if (await isDoneAlready(now, seen, asked)) return now;
    if (now.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    const who = now.takenBy ? (await accounts.byIds([now.takenBy]))[0]?.name : null;
    if (now.state === 'taken' && who) throw new Conflict(`${who} a déjà pris ce projet en charge.`);
    const label = REFERRAL_STATES[now.state].label.toLowerCase();
    throw new Conflict(`Ce projet est maintenant\u00a0: ${label}. Rechargez la page pour voir la suite.`);
  };

  const act = async (kind: Act, seen: Seen, done: { change: Change; reason: string | null; words: string | null }) => {
    if (!leadsTo(kind, done.change.state)) throw new Invalid('Choisissez une réponse de la liste.');
    const referral = await referrals.byId(seen.id);
    if (!referral || !may(seen.by, 'actOnReferral', referral.partner)) throw new NotFound();
    if ((await projects.byId(referral.project))?.withdrawnAt) throw new Conflict(TAKEN_BACK);
    const note = done.words ? { id: newId(), text: done.words } : null;
    const event: ProjectEvent = {
      id: newId(),
      project: referral.project,
      referral: referral.id,
      partner: referral.partner,
      type: ACTS[kind].event,
      at: clock(),
      actor: { role: 'advisor', account: seen.by.id },
      before: referral.state,
      after: done.change.state ?? null,
      reason: done.reason,
      note: note?.id ?? null,
    };
    const guard = { id: seen.id, version: seen.version, from: ACTS[kind].from };
    const changed = await referrals.transition(guard, { change: done.change, event, note });
    if (!changed) return whoWasFaster(seen, done.change.state);
    await settleReferral(seen.id);
    if ((await referrals.byId(seen.id))?.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    return changed;
  };

  return {
    /** Commits to call the holder. */
    takeReferral: (seen: Seen): Promise<Referral> => {
      const change = { state: 'taken', takenBy: seen.by.id, assignee: seen.by.id, takenAt: clock() } as const;
      return act('take', seen, { change, reason: null, words: null });
    },

    /** Sends the project back to triage, with a reason code and words for whoever chooses the next partner. */
    declineReferral: (
      seen: Seen,
      { reason, words }: { reason: DeclineReason; words: string | null },
    ): Promise<Referral> => {
      if (!Object.hasOwn(DECLINE_REASONS, reason)) throw new Invalid('Choisissez un motif de la liste.');
      const change = { state: 'declined', declineReason: reason, closedAt: clock() } as const;
      return act('decline', seen, { change, reason, words });
    },

    /** Ends the referral with an outcome; the words go to the holder. */
    closeReferral: (
      seen: Seen,
      { outcome, words }: { outcome: CloseOutcome; words: string | null },
    ): Promise<Referral> => {
      return act('close', seen, { change: { state: outcome, outcome, closedAt: clock() }, reason: outcome, words });
    },
  };
};

/** The referral as its reader saw it, and who acts. */
export interface Seen {
  id: string;
  version: number;
  by: Account;
}
