import { basketOf } from '../../domain/referrals/lifecycle.js';
import type { Project, ProjectEvent, Referral } from '../../domain/referrals/referral.js';
import type { Parts } from '../parts.js';
import { pastEmails } from './pastEmails.js';

type Outbox = Map<string, ProjectEvent[]>;

const put = (outbox: Outbox, id: string, ...events: ProjectEvent[]): void =>
  void outbox.set(id, [...(outbox.get(id) ?? []), ...events]);

const drop = (outbox: Outbox, id: string, event: string): void =>
  void outbox.set(id, outbox.get(id)?.filter((one) => one.id !== event) ?? []);

/**
 * The records of one project while its past is lived, in memory: a year of lives would take a minute through the store, and
 * takes two seconds here. What use cases ask of the repositories, for one project; `records` is what the store then keeps.
 */
export const pastProject = (newId: Parts['newId']) => {
  let project: Project | null = null;
  let rank = 0;
  const held: Referral[] = [];
  const story: ProjectEvent[] = [];
  const emails = pastEmails(newId);
  const outbox: Outbox = new Map();

  const projects = {
    async insert(given, _draft, events) {
      project = given;
      put(outbox, given.id, ...events);
      return true;
    },
    byId: async () => project,
    inShort: async () => (project ? [project] : []),
    endsOf: async () => project,
    byDraft: async () => null,
    outbox: async (id) => outbox.get(id) ?? [],
    toSettle: async (id) => project && { project, draft: project.id, left: outbox.get(id) ?? [] },
    clearFromOutbox: async (id, event) => drop(outbox, id, event),
    async setState(_id, state, { rank: higher }) {
      if (!project || higher <= rank) return;
      rank = higher;
      project = { ...project, state };
    },
    async writeForHolder(_id, { states, notWithdrawn }, { event, message, change, lastState }) {
      if (!project || (states && !states.includes(project.state)) || (notWithdrawn && project.withdrawnAt))
        return false;
      const messages = message ? [...project.messages, message] : project.messages;
      project = { ...project, ...change, messages, state: lastState ?? project.state };
      if (lastState) rank = Number.POSITIVE_INFINITY;
      put(outbox, project.id, event);
      return true;
    },
  } satisfies Partial<Parts['projects']>;

  const referrals = {
    async insert(referral, events) {
      held.push(referral);
      put(outbox, referral.id, ...events);
      return true;
    },
    byId: async (id) => held.find((one) => one.id === id) ?? null,
    async toSettle(id) {
      const referral = held.find((one) => one.id === id);
      return referral ? { referral, left: outbox.get(id) ?? [] } : null;
    },
    ofProject: async () => [...held],
    associatedOf: async () => [],
    involvedIn: async () => [...held],
    refreshAbout: async () => undefined,
    async transition(seen, { change, event, note }) {
      const place = held.findIndex(({ id, version, state }) => {
        return id === seen.id && version === seen.version && seen.from.includes(state);
      });
      const before = held[place];
      if (!before) return null;
      const notes = note ? [...before.notes, note] : before.notes;
      const after = { ...before, ...change, notes, version: before.version + 1 };
      held[place] = after;
      put(outbox, seen.id, event);
      return after;
    },
    async withdraw({ id, version }, at) {
      const place = held.findIndex((one) => one.id === id && one.version === version);
      const before = held[place];
      if (!before) return false;
      const basket = basketOf({ state: 'withdrawn', asked: null });
      held[place] = { ...before, state: 'withdrawn', basket, asked: null, closedAt: at, version: version + 1 };
      return true;
    },
    outbox: projects.outbox,
    clearFromOutbox: projects.clearFromOutbox,
  } satisfies Partial<Parts['referrals']>;

  const events = {
    append: async (event) => void story.push(event),
    ofProject: async () => [...story],
  } satisfies Partial<Parts['events']>;

  const openLink: Parts['links']['open'] = async () => project && { subject: project.id, state: 'open' };

  return {
    projects,
    referrals,
    events,
    deliveries: emails.deliveries,
    openLink,
    /** E-mails due by then and not done, soonest first. */
    owed: emails.owed,
    records: () => ({ projects: project ? [project] : [], referrals: held, events: story, deliveries: emails.records }),
  };
};
