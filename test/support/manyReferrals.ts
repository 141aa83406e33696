import { basketOf } from '../../src/domain/referrals/lifecycle.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { searchWords } from '../../src/domain/referrals/searchWords.js';
import type { Need } from '../../src/domain/territory/needs.js';
import { STAGE_IDS } from '../../src/domain/territory/stages.js';

const START = Date.parse('2026-01-05T08:00:00Z');
const HOUR = 3600 * 1000;
const STATES = ['waiting', 'taken', 'helped', 'no_solution', 'declined', 'expired', 'informed', 'helped'] as const;
const NEEDS: Need[] = ['industry-of-the-future', 'skills', 'business-creation', 'business-transfer'];
const EPCIS = ['246300701', '200070753', '200071199'];
const TOWNS = ['Thiers', 'Lezoux', 'Ambert', 'Saint-Étienne', 'Noirétable'];

const asked = (at: Date): Referral['asked'] => ({ at, until: new Date(at.getTime() + 240 * HOUR), note: 'n' });

/** The `i`-th of many, forty an hour from `start` on: dates shared by dozens, as due dates at the end of a day are. */
export const oneOfMany = (i: number, partner: string, start = START): Referral => {
  const state = STATES[i % STATES.length] ?? 'waiting';
  const sentAt = new Date(start + Math.floor(i / 40) * HOUR);
  const isOver = !['waiting', 'taken', 'informed'].includes(state);
  const waits = { state, asked: i % 16 === 1 ? asked(sentAt) : null };
  const reference = `26-${i.toString(36).toUpperCase().padStart(5, '0')}`;
  const title = i % 50 === 0 ? `Projet rare numéro ${i}` : `Projet d’atelier ${i}`;
  return {
    id: `r${String((i * 7919) % 1_000_003).padStart(7, '0')}`,
    project: `p${i}`,
    partner,
    role: state === 'informed' ? 'associated' : 'main',
    sequence: 1,
    ...waits,
    basket: basketOf(waits),
    about: {
      reference,
      title,
      need: NEEDS[Math.floor(i / 8) % NEEDS.length] ?? null,
      stage: STAGE_IDS[Math.floor(i / 3) % STAGE_IDS.length] ?? null,
      commune: '63430',
      epci: EPCIS[Math.floor(i / 24) % EPCIS.length] ?? null,
      channel: i % 1000 === 8 ? 'salon' : null,
      submittedAt: sentAt,
      words: searchWords(reference, title, 'Camille Dupré', TOWNS[i % TOWNS.length] ?? null),
    },
    version: 1,
    sentAt,
    callBy: new Date(start + (Math.floor(i / 400) + 2) * 24 * HOUR),
    assignee: i % 3 === 0 ? null : `a${i % 7}`,
    assignedBecause: null,
    takenBy: null,
    takenAt: null,
    closedAt: isOver ? new Date(sentAt.getTime() + 48 * HOUR) : null,
    declineReason: null,
    outcome: null,
    help: null,
    attempts: 0,
    appointment: null,
    changedAt: sentAt,
    notes: [],
    demo: false,
  };
};

/** `count` referrals, nine in ten at `main`, in every state. */
export const manyReferrals = (count: number, main: string, other: string): Referral[] =>
  Array.from({ length: count }, (_, i) => oneOfMany(i, i % 10 === 9 ? other : main));
