import type { Load } from '../data/partnerQueues.js';
import { listRead } from '../domain/audit/auditNotes.js';
import { localDay } from '../domain/calendar/businessTime.js';
import type { Account } from '../domain/referrals/access.js';
import { type Absence, absenceOn, type Competences, type Teammate } from '../domain/referrals/assignment.js';
import { NEEDS, type Need } from '../domain/territory/needs.js';
import type { Partner } from '../domain/territory/territory.js';
import { Invalid, NotFound } from '../errors.js';
import { partnerLedBy } from './partnerSettings.js';
import type { Parts } from './parts.js';

/** What somebody has before them. */
export interface InHand {
  waiting: number;
  taken: number;
  late: number;
  /** When the oldest that nobody took reached the partner. */
  oldestWaiting: Date | null;
}

export interface TeamMember extends InHand {
  person: Teammate;
  /** Under way today. */
  absence: Absence | null;
  /** The soonest to come. */
  nextAbsence: Absence | null;
  deputy: string | null;
}

export interface Team {
  partner: Partner;
  members: TeamMember[];
  /** Given to nobody of the team: anybody may take them. */
  nobody: InHand;
}

const inHand = (loads: Load[]): InHand => {
  const of = (state: Load['state']): Load[] => loads.filter((load) => load.state === state);
  const sum = (some: Load[], figure: 'count' | 'late'): number => some.reduce((total, load) => total + load[figure], 0);
  const oldest = of('waiting').map((load) => load.oldest.getTime());
  return {
    waiting: sum(of('waiting'), 'count'),
    taken: sum(of('taken'), 'count'),
    late: sum(loads, 'late'),
    oldestWaiting: oldest.length > 0 ? new Date(Math.min(...oldest)) : null,
  };
};

/** Everybody at the lead’s partner, with what they have in hand and when they are away. */
export const readTeam =
  ({
    absences,
    accounts,
    clock,
    note,
    referrals,
    territory,
  }: Pick<Parts, 'absences' | 'accounts' | 'clock' | 'note' | 'referrals' | 'territory'>) =>
  async (reader: Account): Promise<Team> => {
    const partner = partnerLedBy(reader, territory);
    const now = clock();
    const today = localDay(now);
    const [team, away, loads] = await Promise.all([
      accounts.team(partner.id),
      absences.ofPartner(partner.id),
      referrals.loadOfPartner(partner.id, now),
    ]);
    await note(listRead(reader, 'team', team.length));
    const nameOf = (id: string | null | undefined): string | null => team.find((one) => one.id === id)?.name ?? null;
    const members = team.map((person) => {
      const absence = absenceOn(away, person.id, today) ?? null;
      const nextAbsence = away.find(({ account, from }) => account === person.id && from > today) ?? null;
      const own = loads.filter(({ assignee }) => assignee === person.id);
      return { person, absence, nextAbsence, deputy: nameOf((absence ?? nextAbsence)?.deputy), ...inHand(own) };
    });
    const nobody = loads.filter(({ assignee }) => assignee === null || nameOf(assignee) === null);
    return { partner, members, nobody: inHand(nobody) };
  };

/** Somebody of the lead’s own team. Throws NotFound for anybody else. */
export const readTeammate =
  ({ accounts, territory }: Pick<Parts, 'accounts' | 'territory'>) =>
  async (reader: Account, id: string): Promise<Teammate> => {
    const partner = partnerLedBy(reader, territory);
    const person = (await accounts.team(partner.id)).find((one) => one.id === id);
    if (!person) throw new NotFound();
    return person;
  };

/** Says what somebody of the lead’s team deals with; empty lists: everything. Throws NotFound for anybody else. */
export const saveCompetences =
  ({ accounts, territory }: Pick<Parts, 'accounts' | 'territory'>) =>
  async (by: Account, id: string, { needs, epcis }: Competences): Promise<void> => {
    const partner = partnerLedBy(by, territory);
    const isNeed = (need: string): need is Need => Object.hasOwn(NEEDS, need);
    if (!needs.every(isNeed) || !epcis.every((siren) => territory.epci(siren)))
      throw new Invalid('Choisissez des réponses de la liste.');
    if (!(await accounts.setCompetences({ id, partner: partner.id }, { needs, epcis }))) throw new NotFound();
  };
