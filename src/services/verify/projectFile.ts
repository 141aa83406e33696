import type { Delivery } from '../../domain/emails/delivery.js';
import type { Project, ProjectEvent, Referral } from '../../domain/referrals/referral.js';
import type { VerifyParts } from './invariant.js';

type Kept<Record> = Omit<Record, 'id'> & { _id: string };

/** A project as it is checked: without its answers, of which only the fields are read. */
export type HeldProject = Pick<
  Project,
  | 'id'
  | 'submittedAt'
  | 'state'
  | 'decision'
  | 'override'
  | 'closing'
  | 'contact'
  | 'organisation'
  | 'siret'
  | 'link'
  | 'withdrawnAt'
  | 'erasedAt'
> & {
  stateRank: number;
  lastAddress: string | null;
  outbox: ProjectEvent[];
  answers: unknown[];
  messages: { id: string }[];
};

export type HeldReferral = Omit<Referral, 'notes'> & { notes: { id: string }[]; outbox: ProjectEvent[] };

type HeldDelivery = Pick<
  Delivery,
  'id' | 'key' | 'email' | 'about' | 'audience' | 'occasion' | 'response' | 'failedBecause' | 'toCall'
> & {
  owed: boolean;
};

/** A project with all that follows from it. */
export interface ProjectFile {
  project: HeldProject;
  /** Main ones, first to last. */
  mains: HeldReferral[];
  associated: HeldReferral[];
  events: ProjectEvent[];
  deliveries: HeldDelivery[];
}

const fields = (...names: string[]): Record<string, 1> => Object.fromEntries(names.map((name) => [name, 1]));

const OF_PROJECT = fields(
  ...['submittedAt', 'state', 'stateRank', 'override', 'closing', 'contact', 'organisation', 'siret', 'link'],
  ...['withdrawnAt', 'erasedAt', 'lastAddress', 'outbox', 'messages.id', 'answers.field'],
  ...['decision.outcome', 'decision.main', 'decision.rulesetVersion'],
);
const OF_REFERRAL = fields(
  ...['project', 'partner', 'role', 'sequence', 'state', 'basket', 'version', 'sentAt', 'callBy', 'assignee'],
  ...['takenBy', 'takenAt', 'closedAt', 'outcome', 'asked', 'appointment', 'outbox', 'notes.id', 'about.title'],
);
const OF_EVENT = fields(
  ...['project', 'referral', 'partner', 'type', 'at', 'actor', 'before', 'after', 'reason', 'note', 'to', 'rank'],
  ...['callBy', 'lost'],
);
const OF_DELIVERY = fields(
  ...['project', 'key', 'email', 'about', 'audience', 'occasion', 'owed', 'response', 'failedBecause', 'toCall'],
);

/** Projects looked at together: with all that follows from them, some 5 MB. */
const FILES = 200;

const byProject = <Row extends { _id: string; project: string | null }>(rows: Row[]) => {
  const sorted = new Map<string, (Omit<Row, '_id'> & { id: string })[]>();
  for (const { _id, ...rest } of rows) {
    const own = sorted.get(rest.project ?? '') ?? [];
    own.push({ id: _id, ...rest });
    sorted.set(rest.project ?? '', own);
  }
  return (project: string) => sorted.get(project) ?? [];
};

/** Every project with all that follows from it, in the order of their ids, some at a time: each collection is read once. */
export async function* projectFiles(
  { everyRecord }: Pick<VerifyParts, 'everyRecord'>,
  only?: string[],
): AsyncGenerator<ProjectFile[]> {
  const wanted = { collection: 'projects', fields: OF_PROJECT, only };
  for await (const page of everyRecord.pages<Kept<HeldProject>>(wanted, FILES)) {
    const ids = page.map(({ _id }) => _id);
    const [referrals, events, deliveries] = await Promise.all([
      everyRecord.ofProjects<Kept<HeldReferral>>('referrals', ids, OF_REFERRAL).then(byProject),
      everyRecord.ofProjects<Kept<ProjectEvent>>('events', ids, OF_EVENT).then(byProject),
      everyRecord.ofProjects<Kept<HeldDelivery> & { project: string }>('deliveries', ids, OF_DELIVERY).then(byProject),
    ]);
    yield page.map(({ _id: id, ...project }) => {
      const held = referrals(id).sort((a, b) => a.sequence - b.sequence) as HeldReferral[];
      return {
        project: { id, ...project },
        mains: held.filter(({ role }) => role === 'main'),
        associated: held.filter(({ role }) => role === 'associated'),
        events: events(id) as ProjectEvent[],
        deliveries: deliveries(id) as HeldDelivery[],
      };
    });
  }
}

const left = ({ project, mains, associated }: ProjectFile): ProjectEvent[] =>
  [project, ...mains, ...associated].flatMap(({ outbox }) => outbox ?? []);

/** Is something of it still to be carried out? Then what follows from it is not there yet. */
export const isUnderWay = (file: ProjectFile): boolean => left(file).length > 0;

/** What is still to be carried out since before an instant. */
export const leftBefore = (file: ProjectFile, before: Date): ProjectEvent[] =>
  left(file).filter(({ at }) => at < before);
