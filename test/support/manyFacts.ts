import type { KeptFacts } from '../../src/domain/statistics/keptFacts.js';

const START = Date.parse('2026-01-05T08:00:00Z');
const HOUR = 3_600_000;

/** The row of a made-up project, the `place`-th of a year, at the CCI unless changed; older ones first. */
export const someFacts = (place: number, changes: Partial<KeptFacts> = {}): KeptFacts => {
  const at = new Date(START + (place % 8000) * HOUR);
  return {
    id: `f${String(place).padStart(6, '0')}`,
    submittedAt: at,
    reference: `R${String(place).padStart(6, '0')}`,
    day: at.toISOString().slice(0, 10),
    month: at.toISOString().slice(0, 7),
    decision: 'routed',
    rule: 'cci-creation',
    sentBy: 'rules',
    isOverridden: false,
    isSpam: false,
    partners: ['cci-puy-de-dome'],
    firstPartner: 'cci-puy-de-dome',
    currentPartner: 'cci-puy-de-dome',
    declinedBy: [],
    declineReasons: [],
    reroutedBy: [],
    mainNeed: 'business-creation',
    axis: 'entrepreneurship',
    epci: '246300701',
    territoireIndustrie: null,
    department: '63',
    stage: 'idea',
    channel: null,
    state: 'waiting',
    isOpen: true,
    sentAt: at,
    dueBy: at,
    takenAt: null,
    hoursToTake: null,
    takenWithin2: null,
    takenWithin5: null,
    escalatesBy: null,
    closedAt: null,
    outcome: null,
    loopDueAt: null,
    endedAt: null,
    opinionDueAt: null,
    newsDueAt: null,
    opinion: null,
    became: null,
    associated: [],
    counts: ['submitted'],
    turnsAt: null,
    events: 1,
    lastAt: at,
    countedAt: at,
    ...changes,
  };
};
