import type { ProjectState } from '../../domain/referrals/referral.js';

/** Where a project stands, as the tags of steering say it. */
export const STATES: Record<ProjectState, { label: string; tone: string }> = {
  triage: { label: 'À orienter', tone: 'soon' },
  waiting: { label: 'À prendre', tone: 'info' },
  in_progress: { label: 'En cours', tone: 'now' },
  helped: { label: 'Aidé', tone: 'done' },
  closed: { label: 'Clôturé', tone: 'neutral' },
  withdrawn: { label: 'Retiré', tone: 'neutral' },
  out_of_territory: { label: 'Hors territoire', tone: 'neutral' },
  rejected: { label: 'Écarté', tone: 'neutral' },
};
