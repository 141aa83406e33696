import { type Account, may } from '../domain/referrals/access.js';
import { ACTS, type AdvisorAct, basketOf, canAct, leadsTo, REFERRAL_STATES } from '../domain/referrals/lifecycle.js';
import { rankOf } from '../domain/referrals/projectState.js';
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
  change: Partial<Omit<Referral, 'id' | 'project' | 'version' | 'notes' | 'basket' | 'changedAt' | 'actedAt'>>;
  reason?: string | null;
  words?: string | null;
  /** Where it goes: a colleague's account, or another partner. */
  to?: string;
}

/** What the act makes of the referral as it stands. `note`: the id that its words will have. */
export type Doing = (referral: Referral, when: { at: Date; note: string }) => Done | Promise<Done>;

const TAKEN_BACK = 'La personne a retiré son projet, ou fait effacer ses données. Il ne reste rien à faire.';

/**
 * The one way in which a partner's people act on a referral of their own partner: one guarded write from the version that
 * they saw, in a state from which the lifecycle allows it, with its event; then what follows is settled. Throws NotFound for
 * another partner's referral, and Conflict, saying who was faster, when it changed in between. Sent twice by the same
 * person (a double click), it is done once.
 */
export const actOn = (parts: ActParts) => {
  const { clock, newId, projects, referrals, settleReferral } = parts;
  const refuse = refuseLate(parts);

  return async (kind: AdvisorAct, seen: Seen, doing: Doing): Promise<Referral> => {
    const referral = await referrals.byId(seen.id);
    if (!referral || !may(seen.by, 'actOnReferral', referral.partner)) throw new NotFound();
    const project = await projects.byId(referral.project);
    if (project?.withdrawnAt || project?.erasedAt) throw new Conflict(TAKEN_BACK);
    const when = { at: clock(), note: newId() };
    if (referral.version !== seen.version || !canAct(kind, referral.state)) return refuse(kind, seen, referral);
    const done = withoutStaleAppointment(referral, await doing(referral, when), when.at);
    const next = { ...referral, ...done.change };
    if (!leadsTo(kind, referral.state, next.state)) throw new Invalid('Choisissez une réponse de la liste.');
    const note = done.words ? { id: when.note, text: done.words } : null;
    const event = { ...eventOf(kind, referral, seen.by, done), id: newId(), at: when.at, note: note?.id ?? null };
    const change = { ...done.change, basket: basketOf(next), changedAt: when.at, actedAt: when.at };
    const guard = { id: seen.id, version: seen.version, from: ACTS[kind].from };
    const changed = await referrals.transition(guard, { change, event, note });
    if (!changed) return refuse(kind, seen, (await referrals.byId(seen.id)) ?? referral);
    await settleReferral(seen.id);
    if ((await referrals.byId(seen.id))?.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    return changed;
  };
};

/** An appointment ahead ends with the referral. */
const withoutStaleAppointment = ({ appointment }: Referral, done: Done, at: Date): Done => {
  const { state } = done.change;
  const ends = state !== undefined && !REFERRAL_STATES[state].open;
  return ends && appointment && appointment.at > at ? { ...done, change: { ...done.change, appointment: null } } : done;
};

const lostAppointment = ({ appointment, version }: Referral, { change }: Done): Pick<ProjectEvent, 'lost'> => {
  if (!appointment || change.appointment !== null) return {};
  const { at, minutes, kind } = appointment;
  return { lost: { at, minutes, kind, sequence: version + 1 } };
};

const eventOf = (kind: AdvisorAct, referral: Referral, by: Account, done: Done) => ({
  project: referral.project,
  referral: referral.id,
  partner: referral.partner,
  type: ACTS[kind].event,
  actor: { role: by.role, account: by.id },
  before: referral.state,
  after: done.change.state ?? referral.state,
  reason: done.reason ?? null,
  rank: rankOf({ ...referral, version: referral.version + 1 }),
  ...(done.to !== undefined && { to: done.to }),
  ...lostAppointment(referral, done),
});

/** Tells who comes too late who was faster; a second click of the same person gets what the first one did. */
const refuseLate =
  ({ accounts, events, referrals }: ActParts) =>
  async (kind: AdvisorAct, seen: Seen, now: Referral): Promise<Referral> => {
    const own = ({ referral }: ProjectEvent): boolean => referral === now.id;
    const story = [...(await events.ofProject(now.project)), ...(await referrals.outbox(now.id))].filter(own);
    const rank = rankOf({ ...now, version: seen.version + 1 });
    const after = story.find((event) => event.rank === rank);
    const isSame = after?.type === ACTS[kind].event && after.actor.account === seen.by.id;
    if (isSame && now.version === seen.version + 1) return now;
    if (now.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    const nameOf = async (id: string | null | undefined) => id && (await accounts.byIds([id]))[0]?.name;
    const holder = now.state === 'taken' && (await nameOf(now.takenBy));
    if (kind === 'take' && holder) throw new Conflict(`${holder} a déjà pris ce projet en charge.`);
    const label = REFERRAL_STATES[now.state].label.toLowerCase();
    const reload = 'Rechargez la page pour voir la suite.';
    const who = canAct(kind, now.state) && after?.actor.account !== seen.by.id && (await nameOf(after?.actor.account));
    if (who) throw new Conflict(`${who} vient d’agir sur ce projet. Il est maintenant\u00a0: ${label}. ${reload}`);
    throw new Conflict(`Ce projet est maintenant\u00a0: ${label}. ${reload}`);
  };
