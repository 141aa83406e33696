import type { OtherProject } from '../data/sameHolder.js';
import { sheetRead } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import { NotFound } from '../errors.js';
import { readNotes, type SheetNotes } from './notes.js';
import type { Parts } from './parts.js';

/** Another project of the same person. `referral`: where this reader may open it. */
export type OwnOther = OtherProject & { referral: string | null };

export interface ReferralSheet {
  referral: Referral;
  project: Project;
  /** Who has it, or for whom it is meant. */
  advisor: Account | null;
  partner: Partner;
  events: ProjectEvent[];
  /** Everyone who appears in the events and notes, by id. */
  people: Map<string, Account>;
  /** The other referrals of the project: brought in, and earlier or later ones. */
  involved: Referral[];
  /** Other projects of the same address or SIRET that this reader may see: of the others, nothing is said. */
  others: OwnOther[];
  notes: SheetNotes;
}

type Needs = Pick<Parts, 'accounts' | 'events' | 'note' | 'notes' | 'projects' | 'referrals' | 'territory'>;

/** Other projects of the same person, as far as this reader may know of them. */
const othersFor = async ({ projects, referrals }: Needs, reader: Account, project: Project): Promise<OwnOther[]> => {
  if (project.erasedAt) return [];
  const found = await projects.ofSameHolder(project.id);
  if (may(reader, 'seeProject')) return found.map((other) => ({ ...other, referral: null }));
  if (!reader.partner || found.length === 0) return [];
  const own = await referrals.atPartner(
    found.map(({ id }) => id),
    reader.partner,
  );
  return found.flatMap((other) => {
    const latest = own.filter(({ project: id }) => id === other.id).at(-1);
    return latest ? [{ ...other, referral: latest.id }] : [];
  });
};

/** All that an advisor needs to act on a referral. Throws NotFound for another partner's. */
export const readReferral =
  (parts: Needs) =>
  async (reader: Account, id: string): Promise<ReferralSheet> => {
    const { accounts, events, projects, referrals, territory } = parts;
    const referral = await referrals.byId(id);
    if (!referral || !may(reader, 'seeReferral', referral.partner)) throw new NotFound();
    const project = await projects.byId(referral.project);
    const partner = territory.partner(referral.partner);
    if (!project || !partner) throw new NotFound();
    await parts.note(sheetRead(reader, project.id, { referral: id }));
    const story = await events.ofProject(project.id);
    const held = await referrals.involvedIn(project.id);
    const notes = await readNotes(parts)(reader, { referral, held, story });
    const people = await peopleOf(
      accounts,
      story,
      held,
      notes.own.map(({ author }) => author),
    );
    return {
      referral,
      project,
      partner,
      advisor: people.get(referral.takenBy ?? referral.assignee ?? '') ?? null,
      events: story,
      people,
      involved: held.filter((other) => other.id !== referral.id),
      others: await othersFor(parts, reader, project),
      notes,
    };
  };

/** The accounts named in these events and referrals, and those of `more`, by id. */
export const peopleOf = async (
  accounts: Parts['accounts'],
  story: ProjectEvent[],
  held: Referral[],
  more: string[] = [],
): Promise<Map<string, Account>> => {
  const ids = [
    ...story.flatMap(({ actor, type, to }) => [actor.account, type === 'transferred' ? (to ?? null) : null]),
    ...held.flatMap(({ assignee, assignedBecause, takenBy }) => [assignee, assignedBecause?.deputyOf ?? null, takenBy]),
    ...more,
  ];
  const known = await accounts.byIds([...new Set(ids.filter((id) => id !== null))]);
  return new Map(known.map((account) => [account.id, account]));
};
