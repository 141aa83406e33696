import { type Account, may } from '../domain/referrals/access.js';
import { ACTS, type AdvisorAct, basketOf, leadsTo, REFERRAL_STATES } from '../domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid, NotFound } from '../errors.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

export type ActParts = Pick<Parts, 'accounts' | 'clock' | 'events' | 'newId' | 'projects' | 'referrals'> & {
  settleReferral: Settle['settleReferral'];
};

/** The referral as its reader saw it, and who acts. */
export interface Seen {
  id: string;
  version: number;
  by: Account;
}

/** What an act changes. `reason`: a code; `words`: what the person wrote with it, kept apart from the event. */
export interface Done {
  change: Partial<Omit<Referral, 'id' | 'project' | 'version' | 'notes' | 'basket' | 'changedAt'>>;
  reason?: string | null;
  words?: string | null;
}

const TAKEN_BACK = 'La personne a retiré son projet. Il ne reste rien à faire.';

/**
 * The one way in which a partner's people act on a referral of their own partner: one guarded write from the version that
 * they saw, in a state from which the lifecycle allows it, with its event; then what follows is settled. Throws NotFound for
 * another partner's referral, and Conflict, saying who was faster, when it changed in between. Sent twice by the same
 * person (a double click), it is done once.
 */
export const actOn = ({ accounts, clock, events, newId, projects, referrals, settleReferral }: ActParts) => {
  const isDoneAlready = async (now: Referral, kind: AdvisorAct, { by }: Seen, { change, reason = null }: Done) => {
    const pending = await referrals.outbox(now.id);
    const story = await events.ofProject(now.project);
    const last = [...story, ...pending].findLast(({ referral }) => referral === now.id);
    const isSame = last?.type === ACTS[kind].event && last.actor.account === by.id && last.reason === reason;
    return isSame && (change.state === undefined || change.state === now.state);
  };

  const whoWasFaster = async (kind: AdvisorAct, seen: Seen, done: Done): Promise<Referral> => {
    const now = await referrals.byId(seen.id);
    if (!now) throw new NotFound();
    if (await isDoneAlready(now, kind, seen, done)) return now;
    if (now.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    const who = now.takenBy ? (await accounts.byIds([now.takenBy]))[0]?.name : null;
    if (now.state === 'taken' && who) throw new Conflict(`${who} a déjà pris ce projet en charge.`);
    const label = REFERRAL_STATES[now.state].label.toLowerCase();
    throw new Conflict(`Ce projet est maintenant\u00a0: ${label}. Rechargez la page pour voir la suite.`);
  };

  return async (kind: AdvisorAct, seen: Seen, done: Done): Promise<Referral> => {
    const referral = await referrals.byId(seen.id);
    if (!referral || !may(seen.by, 'actOnReferral', referral.partner)) throw new NotFound();
    if ((await projects.byId(referral.project))?.withdrawnAt) throw new Conflict(TAKEN_BACK);
    if (!(ACTS[kind].from as readonly string[]).includes(referral.state)) return whoWasFaster(kind, seen, done);
    const after = done.change.state ?? referral.state;
    if (!leadsTo(kind, referral.state, after)) throw new Invalid('Choisissez une réponse de la liste.');
    const at = clock();
    const note = done.words ? { id: newId(), text: done.words } : null;
    const event: ProjectEvent = {
      id: newId(),
      project: referral.project,
      referral: referral.id,
      partner: referral.partner,
      type: ACTS[kind].event,
      at,
      actor: { role: seen.by.role, account: seen.by.id },
      before: referral.state,
      after,
      reason: done.reason ?? null,
      note: note?.id ?? null,
    };
    const change = { ...done.change, basket: basketOf({ ...referral, ...done.change }), changedAt: at };
    const guard = { id: seen.id, version: seen.version, from: ACTS[kind].from };
    const changed = await referrals.transition(guard, { change, event, note });
    if (!changed) return whoWasFaster(kind, seen, done);
    await settleReferral(seen.id);
    if ((await referrals.byId(seen.id))?.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    return changed;
  };
};
export type ActOn = ReturnType<typeof actOn>;
