import fc from 'fast-check';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { type Absence, assign, type Teammate } from '../../../src/domain/referrals/assignment.js';
import { assignmentInWords } from '../../../src/domain/referrals/assignmentInWords.js';
import type { Need } from '../../../src/domain/territory/needs.js';

const MONDAY = new Date('2026-12-21T10:00:00+01:00');
const RIOM = '200070753';
const VICHY = '200071363';

type Traits = Partial<Pick<Teammate, 'role' | 'partner' | 'lastGivenAt'>> & { needs?: Need[]; epcis?: string[] };
const person = (id: string, { needs = [], epcis = [], ...rest }: Traits = {}): Teammate => ({
  id,
  name: id,
  email: `${id}@example.org`,
  role: 'advisor',
  partner: 'here',
  lastGivenAt: null,
  competences: { needs, epcis },
  ...rest,
});
const away = (account: string, deputy: string | null = null, from = '2026-12-21', to = '2027-01-04'): Absence => ({
  id: `${account}-${from}`,
  account,
  from,
  to,
  deputy,
});
const lead = person('lea', { role: 'lead' });
const ABOUT = { need: 'funding', epci: RIOM } as const;

interface Case {
  people: Teammate[];
  absences?: Absence[];
  load?: Record<string, number>;
  about?: { need: Need | null; epci: string | null };
  at?: Date;
  closures?: string[];
}
const given = ({ people, absences = [], load = {}, about = ABOUT, at = MONDAY, closures = [] }: Case) => {
  const found = { partner: 'here', load: new Map(Object.entries(load)), closures: new Set(closures) };
  return assign({ people, absences, about, at, ...found });
};

describe('who gets a project', () => {
  it.each<[string, Case, string | null, string | null]>([
    ['nobody works there', { people: [] }, null, null],
    ['one person does', { people: [person('anne')] }, 'anne', 'only'],
    [
      'the lightest load',
      { people: [person('anne'), person('bruno')], load: { anne: 4, bruno: 3 } },
      'bruno',
      'lightest',
    ],
    [
      'a tie goes to whoever never had one',
      { people: [person('anne', { lastGivenAt: MONDAY }), person('bruno')] },
      'bruno',
      'longest-ago',
    ],
    [
      'a tie goes to who was given one longest ago',
      {
        people: [
          person('anne', { lastGivenAt: new Date('2026-12-18T10:00:00Z') }),
          person('bruno', { lastGivenAt: new Date('2026-12-17T10:00:00Z') }),
        ],
        load: { anne: 2, bruno: 2 },
      },
      'bruno',
      'longest-ago',
    ],
    ['then to the first id', { people: [person('bruno'), person('anne')] }, 'anne', 'longest-ago'],
    [
      'only who deals with the need',
      { people: [person('anne', { needs: ['export'] }), person('bruno')], load: { bruno: 9 } },
      'bruno',
      'only-for-need',
    ],
    [
      'only who works there',
      { people: [person('anne', { epcis: [VICHY] }), person('bruno', { epcis: [RIOM] })] },
      'bruno',
      'only-for-place',
    ],
    [
      'an unknown need excludes nobody',
      { people: [person('anne', { needs: ['export'] })], about: { need: null, epci: null } },
      'anne',
      'only',
    ],
    [
      'not the absent',
      { people: [person('anne'), person('bruno')], absences: [away('anne')], load: { bruno: 9 } },
      'bruno',
      'only',
    ],
    [
      'the deputy stands in, whatever they deal with',
      { people: [person('anne'), person('bruno', { needs: ['export'] })], absences: [away('anne', 'bruno')] },
      'bruno',
      'deputy',
    ],
    [
      'the deputy is away too',
      { people: [person('anne'), person('bruno'), lead], absences: [away('anne', 'bruno'), away('bruno')] },
      'lea',
      'lead',
    ],
    ['everybody is away', { people: [person('anne'), lead], absences: [away('anne'), away('lea')] }, null, null],
    ['not the lead while an advisor is there', { people: [person('anne'), lead], load: { anne: 50 } }, 'anne', 'only'],
    ['the lead when nobody deals with it', { people: [person('anne', { needs: ['export'] }), lead] }, 'lea', 'lead'],
    ['never another partner’s', { people: [person('chloe', { partner: 'there' })] }, null, null],
    [
      'never another partner’s deputy',
      { people: [person('anne'), person('chloe', { partner: 'there' })], absences: [away('anne', 'chloe')] },
      null,
      null,
    ],
    [
      'on the last day of an absence',
      { people: [person('anne')], absences: [away('anne')], at: new Date('2027-01-04T17:59:00+01:00') },
      null,
      null,
    ],
    [
      'after the last day, in Paris',
      { people: [person('anne')], absences: [away('anne')], at: new Date('2027-01-04T23:30:00Z') },
      'anne',
      'only',
    ],
    [
      'in the evening, when an absence begins the next day',
      {
        people: [person('anne')],
        absences: [away('anne', null, '2026-12-22')],
        at: new Date('2026-12-21T19:00:00+01:00'),
      },
      null,
      null,
    ],
    [
      'on a day of closure, when an absence begins at the next opening',
      { people: [person('anne')], absences: [away('anne', null, '2026-12-22')], closures: ['2026-12-21'] },
      null,
      null,
    ],
  ])('%s', (_case, situation, assignee, code) => {
    const { assignee: chosen, because } = given(situation);
    expect([chosen, because?.code ?? null]).toEqual([assignee, code]);
  });

  it('is never absent, never of another partner, and never more loaded than somebody as fit', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const NEEDS_DRAWN: Need[] = ['funding', 'export'];
    const someone = fc.record({
      role: fc.constantFrom('advisor' as const, 'lead' as const),
      partner: fc.constantFrom('here', 'here', 'there'),
      needs: fc.subarray(NEEDS_DRAWN),
      epcis: fc.subarray([RIOM, VICHY]),
      isAway: fc.boolean(),
      deputy: fc.option(fc.constantFrom(...ids)),
      load: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(someone, { maxLength: ids.length }), (drawn) => {
        const people = drawn.map(({ role, partner, needs, epcis }, place) =>
          person(ids[place] as string, { role, partner, needs, epcis }),
        );
        const absences = drawn.flatMap(({ isAway, deputy }, place) =>
          isAway ? [away(ids[place] as string, deputy)] : [],
        );
        const loadOf = (id: string): number => drawn[ids.indexOf(id)]?.load ?? 0;
        const load = Object.fromEntries(people.map(({ id }) => [id, loadOf(id)]));
        const isAway = (id: string): boolean => absences.some(({ account }) => account === id);
        const fits = ({ competences: { needs, epcis }, partner, role, id }: Teammate): boolean =>
          partner === 'here' &&
          role === 'advisor' &&
          !isAway(id) &&
          (needs.length === 0 || needs.includes('funding')) &&
          (epcis.length === 0 || epcis.includes(RIOM));
        const { assignee, because } = given({ people, absences, load });
        const fit = people.filter(fits);
        const chosen = people.find(({ id }) => id === assignee);
        expect((assignee === null) === (because === null)).toBe(true);
        if (fit.length > 0) expect(assignee).not.toBeNull();
        if (!chosen) return;
        expect([chosen.partner, isAway(chosen.id)]).toEqual(['here', false]);
        for (const { id } of fit) expect(loadOf(chosen.id)).toBeLessThanOrEqual(loadOf(id));
        expect(given({ people: [...people].reverse(), absences, load }).assignee).toBe(assignee);
      }),
      { numRuns: 500 },
    );
  });
});

describe('why somebody was given a project, in words', () => {
  const known = {
    about: { need: 'industrial-land', epci: RIOM } as const,
    territory: loadTerritory(),
    people: new Map([['anne', { name: 'Anne D.' }]]),
    now: MONDAY,
  };
  it.each([
    [{ code: 'only-for-need' }, 'la seule personne disponible pour « foncier industriel »'],
    [{ code: 'only-for-place' }, 'la seule personne disponible pour Riom Limagne et Volcans'],
    [{ code: 'only' }, 'la seule personne disponible'],
    [{ code: 'lightest', load: 3 }, 'le moins de projets en cours (3)'],
    [{ code: 'lightest', load: 0 }, 'aucun projet en cours'],
    [{ code: 'longest-ago', load: 3 }, 'pas plus de projets que les autres, et le dernier reçu est le plus ancien'],
    [{ code: 'deputy', deputyOf: 'anne', until: '2027-01-04' }, 'remplace Anne D. jusqu’au lundi 4 janvier 2027'],
    [
      { code: 'deputy', deputyOf: 'gone', until: '2026-12-22' },
      'remplace une personne absente jusqu’au mardi 22 décembre',
    ],
    [{ code: 'lead' }, 'responsable, faute d’une autre personne disponible'],
  ] as const)('%j', (because, words) => {
    expect(assignmentInWords(because, known)?.replaceAll('\u00a0', ' ')).toBe(words);
  });

  it('says nothing of nobody', () => {
    expect(assignmentInWords(null, known)).toBeNull();
  });
});
