import { closedDays } from '../domain/calendar/closures.js';
import { planEmails, planErased } from '../domain/emails/planEmails.js';
import { sharesWith } from '../domain/referrals/involved.js';
import { isFirst, projectState, rankOf } from '../domain/referrals/projectState.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { logger } from '../logger.js';
import { type EndParts, endProject } from './endProject.js';
import { endWait } from './endWait.js';
import { openAssociated } from './openAssociated.js';
import { type OpenParts, openReferral } from './openReferral.js';
import type { Parts } from './parts.js';
import { refreshAbout } from './refreshAbout.js';

type Needs = EndParts & OpenParts & Pick<Parts, 'enqueue'>;

/** One that cannot be completed must not keep the others waiting: it is tried again at each sweep. */
const reportStuck =
  (id: string) =>
  (error: unknown): void =>
    logger.error({ err: error, id }, 'could not settle');

/** Code on the event: whoever entered the project kept it, or chose for it. */
const reasonOf = (override: Project['override']): string | null =>
  override?.kind === 'kept' ? 'kept' : (override?.reason ?? null);

/** How old, in milliseconds, an event left in an outbox must be before the sweep takes it for abandoned. */
export const ABANDONED_AFTER = 10_000;

/** A project as it was just written, or read: the draft that it was submitted from, and what is left to carry out of it. */
interface Unsettled {
  project: Project;
  draft: string;
  left: ProjectEvent[];
}

/**
 * After a durable write (a project submitted, a referral changed), carries out what follows from the events that it left
 * in its outbox: the event itself, the first referral or the end of the last one, the project's state, the e-mails owed.
 * Each step has a natural key, so doing it twice changes nothing; what a crash interrupts, the sweep takes up again.
 */
export const settle = (parts: Needs) => {
  const { counterDrafts, deliveries, drafts, enqueue, events, partnerSettings, projects, referrals, clock } = parts;

  const { endReferral, forgetProject } = endProject(parts);

  /** Of an erased project, nothing leaves any more but the last e-mail, to the address kept for it. */
  const owe = async (event: ProjectEvent, project: Project, referral: Referral | null): Promise<void> => {
    if (project.erasedAt && event.type !== 'erased') return;
    const lastAddress = event.type === 'erased' ? await projects.lastAddressOf(project.id) : null;
    const goodbye = lastAddress ? planErased(project, { at: event.at, occasion: event.id, lastAddress }) : [];
    const closures = referral ? closedDays((await partnerSettings.read(referral.partner)).closures) : undefined;
    const planned = [...planEmails(event, { project, referral, ...(closures && { closures }) }), ...goodbye];
    const due = await deliveries.plan(planned, clock());
    if (due.length > 0) await enqueue(due);
  };

  /** A project is in the state of its latest main referral: what an older one says comes late, and changes nothing. */
  const refreshState = async (project: Project, referral: Referral): Promise<void> => {
    if (referral.role !== 'main') return;
    const since = referral.closedAt ?? referral.takenAt ?? referral.sentAt;
    const state = projectState(project.decision, referral.state);
    // What the rules send was stored as waiting, before anybody could act on it.
    if (isFirst(referral) && project.state === state) return;
    await projects.setState(project.id, state, { rank: rankOf(referral), since });
  };

  /** A project that is sent on, or shared, reaches the other partner. Gives the referral that the event is about. */
  const reachOther = async (event: ProjectEvent, project: Project, referral: Referral): Promise<Referral> => {
    const { at, actor, reason, to } = event;
    if (to === undefined || project.withdrawnAt || project.erasedAt) return referral;
    if (event.type === 'brought-in') return openAssociated(parts)(project, { partner: to, at });
    if (event.type === 'rerouted') {
      const sequence = referral.sequence + 1;
      await settleOf(project, await openReferral(parts)({ project, partner: to, sequence, at, actor, reason }));
    }
    return referral;
  };

  /** Whom an event is told to: of a message that partners share, each of the others. */
  const readersOf = async (event: ProjectEvent, about: Referral): Promise<Referral[]> => {
    if (event.type !== 'shared') return [about];
    const readers = sharesWith(about, await referrals.involvedIn(about.project));
    const ids = readers.map(({ id }) => id);
    await referrals.markChanged(ids, event.at);
    return readers;
  };

  const settleReferral = async (id: string): Promise<void> => {
    const found = await referrals.toSettle(id);
    const [project] = found ? await projects.inShort([found.referral.project]) : [];
    if (found && project) await settleOf(project, found);
  };

  const settleOf = async (
    project: Project,
    { referral, left }: { referral: Referral; left: ProjectEvent[] },
  ): Promise<void> => {
    for (const event of left) {
      await events.append(event, clock());
      const about = await reachOther(event, project, referral);
      await refreshState(project, referral);
      for (const one of await readersOf(event, about)) await owe(event, project, one);
    }
    await followHolder(project.id);
    for (const event of left) await referrals.clearFromOutbox(referral.id, event.id);
  };

  /** Asked once all is written, and before the outbox is empty: nothing would find again what a crash leaves here. */
  const followHolder = async (id: string): Promise<void> => {
    const ends = await projects.endsOf(id);
    if (ends?.withdrawnAt || ends?.erasedAt) await endReferral(id, clock());
    if (ends?.erasedAt) await referrals.forgetNotes(id);
  };

  /** What the holder writes answers what was asked: the clock goes on. */
  const answer = async (said: ProjectEvent): Promise<void> => {
    const latest = (await referrals.ofProject(said.project)).at(-1);
    if (latest && (await endWait(parts)(latest.id, { act: 'answer', said }))) await settleReferral(latest.id);
  };

  const openFirst = async (project: Project, at: Date): Promise<void> => {
    const { override, decision } = project;
    const partner = override?.partner ?? decision.main;
    if (!partner) return;
    const actor = override?.by ?? ({ role: 'system', account: null } as const);
    const first = { project, partner, sequence: 1, at, actor, reason: reasonOf(override) };
    await settleOf(project, await openReferral(parts)(first));
  };

  /** What was answered lives in the project now: left in the draft, it would outlive an erasure, and be asked for again. */
  const finishDraft = async (draft: string, { id, consent }: Project): Promise<void> => {
    if (consent.by === null) await drafts.finishById(draft, id, clock());
    else await counterDrafts.finish(draft, id, clock());
  };

  const settleProject = async (id: string): Promise<void> => {
    const found = await projects.toSettle(id);
    if (found) await settleStored(found);
  };

  const settleStored = async ({ project, draft, left }: Unsettled): Promise<void> => {
    const { id } = project;
    for (const event of left) {
      await events.append(event, clock());
      if (event.type === 'submitted') {
        await finishDraft(draft, project);
        await openFirst(project, event.at);
      }
      if (event.type === 'message-added') await answer(event);
      if (event.after === 'withdrawn' || event.type === 'erased') await endReferral(id, event.at);
      if (event.type === 'erased') await forgetProject(id, event);
      else if (event.type !== 'submitted') await refreshAbout(parts)(id, event.at);
      const about = event.type === 'submitted' ? null : ((await referrals.ofProject(id)).at(-1) ?? null);
      await owe(event, project, about);
      if (event.type === 'erased') await projects.forgetLastAddress(id);
      await projects.clearFromOutbox(id, event.id);
    }
  };

  /** Takes up what a crash left half done. Gives how many projects and referrals it completed. */
  const settleLeftovers = async (): Promise<number> => {
    const before = new Date(clock().getTime() - ABANDONED_AFTER);
    const left = [
      ...(await projects.withLeftovers(before)).map((id) => ({ id, complete: settleProject })),
      ...(await referrals.withLeftovers(before)).map((id) => ({ id, complete: settleReferral })),
    ];
    for (const { id, complete } of left) await complete(id).catch(reportStuck(id));
    return left.length;
  };

  return { settleProject, settleReferral, settleLeftovers, settleStored };
};
export type Settle = ReturnType<typeof settle>;
