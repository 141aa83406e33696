import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { dayOf, lineOf, listed, yesOrNo } from '../../../src/domain/statistics/factColumns.js';
import { namesOf } from '../../../src/domain/statistics/names.js';
import { PROJECT_COLUMNS } from '../../../src/domain/statistics/projectColumns.js';
import { REFERRAL_COLUMNS } from '../../../src/domain/statistics/referralColumns.js';
import type { ReferralFacts } from '../../../src/domain/statistics/referralFacts.js';
import { someFacts } from '../../support/manyFacts.js';

const territory = loadTerritory();
const names = namesOf(territory, [{ code: 'salon', label: 'Salon de l’industrie' }]);

test('days are those of Paris, also around midnight and when the clocks change', () => {
  expect(dayOf(new Date('2026-12-31T22:59:59Z'))).toEqual({ day: '2026-12-31' });
  expect(dayOf(new Date('2026-12-31T23:00:00Z'))).toEqual({ day: '2027-01-01' });
  expect(dayOf(new Date('2026-12-31T23:30:00Z'))).toEqual({ day: '2027-01-01' });
  // Summer time, two hours ahead, from 29 March to 25 October.
  expect(dayOf(new Date('2026-03-28T22:30:00Z'))).toEqual({ day: '2026-03-28' });
  expect(dayOf(new Date('2026-03-29T22:30:00Z'))).toEqual({ day: '2026-03-30' });
  expect(dayOf(new Date('2026-10-24T22:30:00Z'))).toEqual({ day: '2026-10-25' });
  expect(dayOf(new Date('2026-10-25T22:30:00Z'))).toEqual({ day: '2026-10-25' });
  expect(dayOf(null)).toBeNull();
});

test('a project is told by codes and their words', () => {
  const at = (day: string): Date => new Date(`${day}T09:00:00+01:00`);
  const row = someFacts(0, {
    day: '2026-12-01',
    channel: 'salon',
    decision: 'triage',
    sentBy: 'person',
    isOverridden: true,
    declinedBy: ['cci-allier', 'ti-tiltam'],
    declineReasons: ['other-need', 'duplicate'],
    state: 'helped',
    sentAt: at('2026-12-01'),
    dueBy: at('2026-12-03'),
    takenAt: at('2026-12-02'),
    hoursToTake: 7,
    takenWithin2: true,
    outcome: 'helped',
    endedAt: at('2026-12-10'),
    opinion: { calledBack: 'yes', useful: 'partly' },
    became: 'launched',
  });
  const line = lineOf(PROJECT_COLUMNS, row, names);
  const cells = Object.fromEntries(PROJECT_COLUMNS.map(({ label }, place) => [label, line[place]]));
  expect(cells).toMatchObject({
    'Reçu le': { day: '2026-12-01' },
    Intercommunalité: 'Clermont Auvergne Métropole',
    SIREN: '246300701',
    'Lien d’entrée': 'Salon de l’industrie',
    'Code du lien': 'salon',
    'Décision des règles': 'Laissé à une personne',
    'Premier envoi': 'personne',
    'Autre choix que les règles': 'oui',
    'Motifs de refus': 'Le besoin relève d’un autre organisme | Ce projet nous est déjà confié',
    État: 'Aidé',
    'Envoyé le': { day: '2026-12-01' },
    'Délai (heures ouvrées)': 7,
    'Pris en 2 jours': 'oui',
    'Pris en 5 jours': null,
    'Terminé le': { day: '2026-12-10' },
    'Accueil utile': 'en partie',
    Nouvelles: 'Le projet est lancé',
  });
  expect(String(cells['Refusé par']).split(' | ')).toHaveLength(2);
});

test('a referral is told by codes and their words', () => {
  const row: Partial<ReferralFacts> = {
    reference: 'R1',
    month: '2026-12',
    partner: 'ti-tiltam',
    role: 'main',
    sequence: 2,
    state: 'declined',
    sentBy: 'person',
    sentBecause: 'after-decline',
    sentDay: '2026-12-03',
    dueBy: new Date('2026-12-07T17:00:00Z'),
    takenDay: null,
    hoursToTake: null,
    takenWithin2: null,
    closedDay: '2026-12-04',
    outcome: null,
    declineReason: 'other-place',
    reroutedTo: null,
    mainNeed: 'water',
    epci: null,
    stage: null,
    channel: null,
  };
  const line = lineOf(REFERRAL_COLUMNS, row as ReferralFacts, names);
  const cells = Object.fromEntries(REFERRAL_COLUMNS.map(({ label }, place) => [label, line[place]]));
  expect(cells).toMatchObject({
    Rang: 2,
    Rôle: 'principal',
    État: 'Refusé',
    'Envoyé par': 'personne',
    'Motif de l’envoi': 'Après le refus d’un partenaire',
    'Envoyé le': { day: '2026-12-03' },
    'Promis avant le': { day: '2026-12-07' },
    'Terminé le': { day: '2026-12-04' },
    'Motif du refus': 'La commune relève d’un autre organisme',
    Axe: 'Eau',
    Intercommunalité: null,
  });
  const place = REFERRAL_COLUMNS.findIndex(({ label }) => label === 'Motif de l’envoi');
  const kept = lineOf(REFERRAL_COLUMNS, { ...row, sentBecause: 'kept' } as ReferralFacts, names);
  expect(kept[place]).toBe('Gardé par le partenaire qui l’a saisi');
});

test('every column says what it means, once', () => {
  for (const columns of [PROJECT_COLUMNS, REFERRAL_COLUMNS]) {
    const labels = columns.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    for (const { means, width } of columns) {
      expect(means).toMatch(/^[A-ZÀÉ0-9].*\.$/u);
      expect(width).toBeGreaterThan(5);
    }
  }
});

test('what is no longer on a list keeps its code, and nothing stays nothing', () => {
  expect([names.partner('gone'), names.channel('gone'), names.end('no_solution'), names.end('triage')]).toEqual([
    'gone',
    'gone',
    'Sans solution',
    'À orienter',
  ]);
  expect([names.need(null), listed([]), yesOrNo(null), yesOrNo(false)]).toEqual([null, null, null, 'non']);
});
