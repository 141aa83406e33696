import { type Account, may, type Permission } from '../domain/referrals/access.js';
import { SEND_REASONS, type SendReason } from '../domain/referrals/lifecycle.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../errors.js';
import { type OpenParts, openReferral } from './openReferral.js';
import type { Parts } from './parts.js';
import { peopleOf } from './readReferral.js';
import type { Settle } from './settle.js';

/** Rows shown at once. */
const TRIAGE_PAGE = 100;
const SET_ASIDE_PAGE = 25;

const check = (reader: Account, permission: Permission): void => {
  if (!may(reader, permission)) throw new Forbidden();
};

const TAKEN_BACK = 'La personne a retiré son projet, ou fait effacer ses données. Il ne reste rien à faire.';

export interface Triage {
  /** Those that have waited longest first, `since` they came into triage: at the last decline, or when they were sent. */
  waiting: { project: Project; declined: Referral | null; since: Date }[];
  waitingTotal: number;
  /** One page, newest first: they stay there for good, and may be put right at any time. */
  setAside: Project[];
  setAsidePages: number;
}

/** Projects that wait for a person to choose a partner, and a page (from 1) of those set aside. */
export const readTriage =
  ({ projects, referrals }: Pick<Parts, 'projects' | 'referrals'>) =>
  async (reader: Account, page: number): Promise<Triage> => {
    check(reader, 'seeTriage');
    const waiting = await projects.inStates(['triage'], { order: 'oldest', limit: TRIAGE_PAGE });
    const before = await referrals.ofProjects(waiting.projects.map(({ id }) => id));
    const skip = (page - 1) * SET_ASIDE_PAGE;
    const aside = await projects.inStates(['rejected', 'out_of_territory'], {
      order: 'newest',
      skip,
      limit: SET_ASIDE_PAGE,
    });
    return {
      waiting: waiting.projects
        .map((project) => {
          const declined = before.filter((referral) => referral.project === project.id).at(-1) ?? null;
          return { project, declined, since: declined?.closedAt ?? project.submittedAt };
        })
        .sort((a, b) => a.since.getTime() - b.since.getTime()),
      waitingTotal: waiting.total,
      setAside: aside.projects,
      setAsidePages: Math.max(1, Math.ceil(aside.total / SET_ASIDE_PAGE)),
    };
  };

export interface ProjectSheet {
  project: Project;
  referrals: Referral[];
  events: ProjectEvent[];
  people: Map<string, Account>;
  /** Partners that it may be sent to: those considered by the decision first, then the other desks and relays. */
  candidates: Partner[];
}

/** A project as the manager sees it: answers, decision, every referral. */
export const readProject =
  ({
    accounts,
    events,
    projects,
    referrals,
    territory,
  }: Pick<Parts, 'accounts' | 'events' | 'projects' | 'referrals' | 'territory'>) =>
  async (reader: Account, id: string): Promise<ProjectSheet> => {
    check(reader, 'seeProject');
    const project = await projects.byId(id);
    if (!project) throw new NotFound();
    const held = await referrals.ofProject(id);
    const story = await events.ofProject(id);
    return {
      project,
      referrals: held,
      events: story,
      people: await peopleOf(accounts, story, held),
      candidates: candidatesFor(project, territory.partners),
    };
  };

const candidatesFor = ({ decision }: Project, partners: Partner[]): Partner[] => {
  const considered = [decision.main, ...decision.others.map(({ partner }) => partner), ...decision.associated];
  const rank = (partner: Partner): number => {
    const place = considered.indexOf(partner.id);
    if (place >= 0) return place;
    return partner.role === 'desk' ? 100 : 200;
  };
  return partners
    .filter(({ role }) => role !== 'inactive')
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'fr'));
};

/**
 * Sends a project of triage (or one set aside) to a partner, with a reason. Throws Conflict when it already is at one,
 * Invalid when the partner cannot receive it.
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
    const opened = await openReferral(parts)({ project, partner, sequence, at: parts.clock(), actor, reason });
    if (!opened.isNew) throw new Conflict('Une autre personne vient d’envoyer ce projet à un partenaire.');
    await parts.settleReferral(opened.id);
    if ((await parts.referrals.byId(opened.id))?.state === 'withdrawn') throw new Conflict(TAKEN_BACK);
    return opened;
  };
