import type { Store } from '../../../src/data/store.js';
import type { Delivery } from '../../../src/domain/emails/delivery.js';
import type { Project, ProjectEvent, Referral } from '../../../src/domain/referrals/referral.js';
import type { Processes } from '../startProcesses.js';
import type { Seen } from './people.js';
import { addressOf, LEAVES, storyOf, wordsOf } from './stories.js';

type Kept<Of> = Of & { _id: string; outbox: ProjectEvent[] };

interface Everything {
  projects: Kept<Project>[];
  referrals: Kept<Referral>[];
  events: ProjectEvent[];
  deliveries: (Delivery & { _id: string; owed: boolean })[];
}

const readAll = async (store: Store): Promise<Everything> => ({
  projects: await store.projects.model.find().lean<Kept<Project>[]>(),
  referrals: await store.referrals.model.find().lean<Kept<Referral>[]>(),
  events: await store.events.model.find().lean<ProjectEvent[]>(),
  deliveries: await store.deliveries.model.find().lean<Everything['deliveries']>(),
});

const groupedBy = <One>(all: One[], key: (one: One) => string): Map<string, One[]> => {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
};

/** What is not as its holder and its advisors saw it done: one line each. */
const faultsOfStories = ({ projects, referrals, events, deliveries }: Everything, { references }: Seen): string[] => {
  const byAddress = groupedBy(projects, ({ contact }) => contact.email ?? '');
  const ofProject = groupedBy(referrals, ({ project }) => project);
  const told = groupedBy(events, ({ project }) => project);
  const owed = groupedBy(deliveries, ({ about }) => about.id);

  const faultsOf = (number: number, reference: string): string[] => {
    const [project, ...others] = byAddress.get(addressOf(number)) ?? [];
    if (!project) return ['lost'];
    const steps = storyOf(number);
    const promised = ['submitted', 'referred', ...steps.map(({ act }) => LEAVES[act])].sort();
    const happened = (told.get(project._id) ?? []).map(({ type }) => type as string).sort();
    const words = steps.flatMap(({ act }, position) => (act === 'message' ? [wordsOf(number, position)] : []));
    const receipts = (owed.get(project._id) ?? []).filter(({ email }) => email === 'holder-receipt');
    return [
      ...(others.length > 0 ? [`${others.length} times too many`] : []),
      ...(project.reference === reference ? [] : [`is ${project.reference}`]),
      ...(ofProject.get(project._id)?.length === 1 ? [] : ['has not one referral']),
      ...(promised.join() === happened.join() ? [] : [`${happened.join()} instead of ${promised.join()}`]),
      ...(project.messages.map(({ text }) => text).join() === words.join() ? [] : ['messages differ']),
      ...(receipts.length === 1 && receipts[0]?.sentAt ? [] : [`${receipts.length} receipts, or not sent`]),
    ];
  };
  return [...references].flatMap(([number, reference]) =>
    faultsOf(number, reference).map((fault) => `project ${number} (${reference}): ${fault}`),
  );
};

const idIn = (messageId: string): string => messageId.slice(1, messageId.indexOf('@'));

/**
 * Of e-mails, what is guaranteed: one that is owed is sent, under one message id, that of its delivery, and the mail server took that
 * message at least once; nothing else left. Whoever sends is sometimes killed, or the store, before the mail server's answer is
 * written down: it then takes the message once more, or what it took is said to be cancelled, no longer wanted at the next try.
 */
const judgeEmails = ({ deliveries }: Everything, now: Date, arrived: string[]) => {
  const due = deliveries.filter((each) => each.owed && each.due <= now);
  const sent = deliveries.filter(({ sentAt }) => sentAt).map(({ messageId }) => messageId ?? 'none');
  const known = new Set(sent);
  const there = new Set(arrived);
  const cancelled = new Set(deliveries.filter(({ cancelledBecause }) => cancelledBecause).map(({ _id }) => _id));
  const unsaid = [...there].filter((id) => !known.has(id));
  return {
    doubles: arrived.length - there.size,
    unsaid: unsaid.length,
    faults: [
      ...due.map(({ _id, email, attempts }) => `${email} ${_id} is due and owed still, after ${attempts} attempts`),
      ...(known.size === sent.length ? [] : ['two deliveries under one message id']),
      ...sent.filter((id) => !there.has(id)).map((id) => `${id} is said to be sent and did not arrive`),
      ...unsaid.filter((id) => !cancelled.has(idIn(id))).map((id) => `${id} arrived and is not known`),
    ],
  };
};

/** Holds the store and the mailbox against what people saw done, once all is quiet. `doubles`: messages taken once too often; `unsaid`: taken,
 * and said to be cancelled. */
export const judge = async (desk: Processes, store: Store, seen: Seen) => {
  const all = await readAll(store);
  const arrived = desk.mailbox.messages().map(({ headers }) => String(headers['message-id']));
  const emails = judgeEmails(all, desk.clockOfAll().now(), arrived);
  const unsettled = [...all.projects, ...all.referrals].filter(({ outbox }) => outbox.length > 0);
  return {
    projects: all.projects.length,
    emails: arrived.length,
    doubles: emails.doubles,
    unsaid: emails.unsaid,
    faults: [
      ...faultsOfStories(all, seen),
      ...emails.faults,
      ...unsettled.map(({ _id }) => `${_id} is not settled`),
      ...(all.projects.length === seen.references.size ? [] : [`${all.projects.length} projects in all`]),
    ],
  };
};
