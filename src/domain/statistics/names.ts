import { type Channel, COUNTER_CHANNELS } from '../questionnaire/channel.js';
import { REFERRAL_STATES, type ReferralState } from '../referrals/lifecycle.js';
import type { ProjectState } from '../referrals/referral.js';
import type { Outcome } from '../routing/decision.js';
import { AXES, NEEDS, type Need } from '../territory/needs.js';
import { STAGES, type Stage } from '../territory/stages.js';
import type { Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';

/** How a project stands, in one or two words. */
const STATES: Record<ProjectState, string> = {
  triage: 'À orienter',
  waiting: 'À prendre',
  in_progress: 'En cours',
  helped: 'Aidé',
  closed: 'Clôturé',
  withdrawn: 'Retiré',
  out_of_territory: 'Hors territoire',
  rejected: 'Écarté',
};

/** What the rules decided. */
const DECISIONS: Record<Outcome, string> = {
  routed: 'Envoyé à un partenaire',
  triage: 'Laissé à une personne',
  out_of_territory: 'Hors du territoire',
  rejected: 'Écarté',
};

/** The words for the codes of facts. What is no longer on a list keeps its code; nothing stays nothing. */
export const namesOf = (territory: Territory, channels: Pick<Channel, 'code' | 'label'>[]) => {
  const links = new Map<string, string>([
    ...Object.entries(COUNTER_CHANNELS),
    ...channels.map(({ code, label }) => [code, label] as [string, string]),
  ]);
  const named =
    (nameOf: (code: string) => string | undefined) =>
    (code: string | null): string | null =>
      code === null ? null : (nameOf(code) ?? code);
  const among = (words: Record<string, string>) => named((code) => words[code]);

  return {
    partner: named((id) => territory.partner(id)?.name),
    epci: named((siren) => territory.epci(siren)?.name),
    territoireIndustrie: among(territory.words.alliances),
    need: named((id) => (Object.hasOwn(NEEDS, id) ? capital(NEEDS[id as Need].label) : undefined)),
    axis: among(AXES),
    stage: named((id) => (Object.hasOwn(STAGES, id) ? STAGES[id as Stage].label : undefined)),
    channel: named((code) => links.get(code)),
    state: among(STATES),
    /** What became of it, or else how it stands. */
    end: named((id) => STATES[id as ProjectState] ?? REFERRAL_STATES[id as ReferralState]?.label),
    referralState: named((id) => REFERRAL_STATES[id as ReferralState]?.label),
    decision: among(DECISIONS),
  };
};
export type Names = ReturnType<typeof namesOf>;
