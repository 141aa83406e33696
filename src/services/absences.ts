import { localDay } from '../domain/calendar/businessTime.js';
import { type AbsenceFault, absenceFault, type WantedAbsence } from '../domain/referrals/absenceFault.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Absence, Teammate } from '../domain/referrals/assignment.js';
import { Conflict, Forbidden, NotFound } from '../errors.js';
import { type HandedOver, type HandOverParts, handOver } from './handOver.js';
import type { Parts } from './parts.js';

export interface AbsenceList {
  /** Under way and to come, soonest first: the whole team’s for its lead, their own for the others. */
  absences: Absence[];
  /** Everybody in use at the partner. */
  team: Teammate[];
  /** For whom the reader may enter one. */
  mayEnterFor: Teammate[];
}

/** How often a change is tried again when somebody else writes at the same moment. */
const TRIES = 3;

const partnerOf = (by: Account): string => {
  if (by.partner === null || !may(by, 'enterAbsences', by.partner)) throw new Forbidden();
  return by.partner;
};

/** People enter their own; the lead anybody’s of the partner. Somebody of elsewhere does not exist here. */
const checkPerson = (by: Account, account: string, team: Teammate[]): void => {
  if (!team.some(({ id }) => id === account)) throw new NotFound();
  if (account !== by.id && !may(by, 'leadPartner', by.partner ?? undefined))
    throw new Forbidden('Seule la personne responsable de l’équipe note l’absence de quelqu’un d’autre.');
};

/** The absences that somebody may see and enter. */
export const readAbsences =
  ({ absences, accounts, clock }: Pick<Parts, 'absences' | 'accounts' | 'clock'>) =>
  async (reader: Account): Promise<AbsenceList> => {
    const partner = partnerOf(reader);
    const team = await accounts.team(partner);
    const leads = may(reader, 'leadPartner', partner);
    const mayEnterFor = team.filter(({ id }) => leads || id === reader.id);
    const today = localDay(clock());
    const seen = (await absences.ofPartner(partner)).filter(
      ({ account, to }) => to >= today && mayEnterFor.some(({ id }) => id === account),
    );
    return { absences: seen, team, mayEnterFor };
  };

export type AbsenceOutcome = ({ kind: 'added' } & HandedOver) | ({ kind: 'refused' } & AbsenceFault);

/**
 * Enters an absence, and gives what would pass its date meanwhile to others. Throws NotFound and Forbidden as `checkPerson`
 * does; what is wrong with the days or the deputy is an outcome.
 */
export const addAbsence = (parts: HandOverParts) => {
  const { absences, accounts, clock, newId } = parts;
  return async (by: Account, wanted: WantedAbsence): Promise<AbsenceOutcome> => {
    const partner = partnerOf(by);
    const team = await accounts.team(partner);
    checkPerson(by, wanted.account, team);
    const today = localDay(clock());
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { version, absences: kept } = await absences.ofAccount(wanted.account);
      const others = kept.filter(({ to }) => to >= today);
      const fault = absenceFault(wanted, { others, team: team.map(({ id }) => id), today });
      if (fault) return { kind: 'refused', ...fault };
      const absence = { ...wanted, id: newId() };
      if (!(await absences.save({ id: wanted.account, partner }, version, [...others, absence]))) continue;
      return { kind: 'added', ...(await handOver(parts)(partner, absence)) };
    }
    throw new Conflict('Plusieurs personnes notent des absences en même temps. Recommencez dans un instant.');
  };
};

/** Takes an absence away; what was given to others stays with them. Gone already: nothing happens. */
export const removeAbsence =
  ({ absences, accounts }: Pick<Parts, 'absences' | 'accounts'>) =>
  async (by: Account, { account, id }: { account: string; id: string }): Promise<void> => {
    const partner = partnerOf(by);
    checkPerson(by, account, await accounts.team(partner));
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { version, absences: kept } = await absences.ofAccount(account);
      const left = kept.filter((absence) => absence.id !== id);
      if (left.length === kept.length) return;
      if (await absences.save({ id: account, partner }, version, left)) return;
    }
    throw new Conflict('Plusieurs personnes notent des absences en même temps. Recommencez dans un instant.');
  };
