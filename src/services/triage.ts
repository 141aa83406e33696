import { listRead, sheetRead } from '../domain/audit/auditNotes.js';
import type { Channel } from '../domain/questionnaire/channel.js';
import { type Account, may, type Permission } from '../domain/referrals/access.js';
import { SEND_REASONS, type SendReason } from '../domain/referrals/lifecycle.js';
import { canSend } from '../domain/referrals/projectState.js';
import type { Place } from '../domain/referrals/queueFilters.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../errors.js';
import { type Candidate, compareCandidates } from './candidates.js';
import { type OpenParts, openReferral } from './openReferral.js';
import type { Parts } from './parts.js';
import { peopleOf } from './readReferral.js';
import type { Settle } from './settle.js';

/** Rows shown at once. */
const TRIAGE_PAGE = 25;

const check = (reader: Account, permission: Permission): void => {
  if (!may(reader, permission)) throw new Forbidden();
};

const TAKEN_BACK = 'La personne a retiré son projet, ou fait effacer ses données. Il ne reste rien à faire.';

export interface Triage {
  /** Those that have waited longest first. `had`: the main referrals that it had before, first to last. */
  waiting: { project: Project; had: Referral[]; since: Date }[];
  /** Where the next page begins; null on the last one. */
  next: Place | null;
  /** COUNTED + 1 stands for more. */
  waitingTotal: number;
  /** One page, newest first: they stay there for good, and may be put right at any time. */
  setAside: Project[];
  setAsideTotal: number;
  setAsidePages: number;
  /** Entry links, for their names. */
  channels: Channel[];
}

/** Projects that wait for a person to choose a partner, from a place on, and a page (from 1) of those set aside. */
export const readTriage =
  ({ channels, note, projects, referrals }: Pick<Parts, 'channels' | 'note' | 'projects' | 'referrals'>) =>
  async (reader: Account, page: number, from: Place | null = null): Promise<Triage> => {
    check(reader, 'seeTriage');
    const { rows, next } = await projects.inTriage({ from, limit: TRIAGE_PAGE });
    const before = await referrals.ofProjects(rows.map(({ project }) => project.id));
    const aside = await projects.inStates(['rejected', 'out_of_territory'], {
      order: 'newest',
      skip: (page - 1) * TRIAGE_PAGE,
      limit: TRIAGE_PAGE,
    });
    await note(listRead(reader, 'triage', rows.length + aside.projects.length));
    return {
      waiting: rows.map((row) => ({ ...row, had: before.filter(({ project }) => project === row.project.id) })),
      next,
      waitingTotal: await projects.countInTriage(),
      setAside: aside.projects,
      setAsideTotal: aside.total,
      setAsidePages: Math.max(1, Math.ceil(aside.total / TRIAGE_PAGE)),
      channels: await channels.all(),
    };
  };

export interface ProjectSheet {
  project: Project;
  referrals: Referral[];
  events: ProjectEvent[];
  people: Map<string, Account>;
  /** Partners worth comparing, likeliest first; none when it cannot be sent now. */
  compared: Candidate[];
  /** The other partners that it may be sent to. */
  others: Partner[];
  /** Entry links, for their names. */
  channels: Channel[];
}

/** A project as the manager sees it: answers, decision, every referral, and whom it may be sent to. */
export const readProject =
  (
    parts: Pick<
      Parts,
      'absences' | 'accounts' | 'channels' | 'clock' | 'events' | 'note' | 'projects' | 'referrals' | 'territory'
    >,
  ) =>
  async (reader: Account, id: string): Promise<ProjectSheet> => {
    const { accounts, events, projects, referrals } = parts;
    check(reader, 'seeProject');
    const project = await projects.byId(id);
    if (!project) throw new NotFound();
    await parts.note(sheetRead(reader, id));
    const held = await referrals.ofProject(id);
    const story = await events.ofProject(id);
    const isOpen = canSend(project) && project.erasedAt === null;
    const had = held.map(({ partner }) => partner);
    const candidates = isOpen ? await compareCandidates(parts)(project, had) : { compared: [], others: [] };
    const people = await peopleOf(accounts, story, held);
    return { project, referrals: held, events: story, people, channels: await parts.channels.all(), ...candidates };
  };

/**
 * Sends a project of triage (or one set aside, or closed there) to a partner, with a reason. Throws Conflict when it already
 * is at one, Invalid when the partner cannot receive it.
 */
export const sendToPartner =
  (
    parts: OpenParts &
      Pick<Parts, 'clock' | 'projects'> & {
        settleReferral: Settle['settleReferral'];
      },
  ) =>
  async (by: Account, id: string, { partner, reason }: { partner: string; reason: SendReason }): Promise<Referral> => {
    check(by, 'sendToPartner');
    const project = await parts.projects.byId(id);
    if (!project) throw new NotFound();
    const target = parts.territory.partner(partner);
    if (!Object.hasOwn(SEND_REASONS, reason)) throw new Invalid('Choisissez une raison de la liste.');
    if (!target || target.role === 'inactive') throw new Invalid('Choisissez un partenaire de la liste.');
    if (project.withdrawnAt || project.erasedAt) throw new Conflict(TAKEN_BACK);
    const latest = (await parts.referrals.ofProject(id)).at(-1);
    if (latest && latest.state !== 'declined' && latest.state !== 'expired')
      throw new Conflict('Ce projet est déjà chez un partenaire.');
    const actor = { role: 'manager', account: by.id } as const;
    const sequence = (latest?.sequence ?? 0) + 1;
    const asked = { project, partner, sequence, at: parts.clock(), actor, reason };
    const { referral, isNew } = await openReferral(parts)(asked);
    if (!isNew) throw new Conflict('Une autre personne vient d’envoyer ce projet à un partenaire.');
    await parts.settleReferral(referral.id);
    if ((await parts.referrals.byId(referral.id))?.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    return referral;
  };
