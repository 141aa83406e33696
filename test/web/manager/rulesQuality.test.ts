import { arrivals } from '../../support/arrivals.js';
import { aSubmission } from '../../support/aSubmission.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
let marie: Visitor;
let rule: string;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
  const { arrives, services } = arrivals(desk);
  const anne = staffMember('anne');
  const ids: string[] = [];
  for (const title of ['un', 'deux', 'trois', 'quatre']) {
    const arrived = await arrives({ facts: { title: `Un atelier numéro ${title}` } });
    ids.push(arrived.id);
    const own = await desk.parts.projects.byId(arrived.project);
    const points = (own?.decision.trace ?? []).filter(({ role, verdict }) => role === 'main' && verdict === 'true');
    rule = points.toSorted((a, b) => b.points - a.points)[0]?.rule ?? '';
  }
  await services.declineReferral(
    { id: ids[0] ?? '', version: 1, by: anne },
    { reason: 'duplicate', words: 'Déjà suivi.' },
  );
  await arrives(aSubmission({ facts: { title: 'Rien de précis', needs: [] } }));
  await services.refreshFacts();
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const rows = ({ html }: Page): string[][] =>
  html.querySelectorAll('main tbody tr').map((row) => row.querySelectorAll('th, td').map((cell) => squeeze(cell.text)));
const labelOf = (id: string): string => DEFAULT_RULESET.rules.find((one) => one.id === id)?.label ?? id;

describe('the quality of the rules', () => {
  it('says what they sent alone, what became of it by rule, and why partners refused', async () => {
    const page = await marie.open('/pilotage/qualite-des-regles');
    expect(page.status).toBe(200);
    // Five projects of the territory, one of which a person must send: 4 of 5.
    const routed = page.html
      .querySelectorAll('.tile')
      .find((tile) => squeeze(tile.querySelector('.tile-label')?.text) === 'Orientés sans attendre');
    expect(squeeze(routed?.querySelector('.tile-figure')?.text)).toBe('80 %');
    const [first] = rows(page).filter(([name]) => name === squeeze(labelOf(rule)));
    expect(first?.slice(1, 5)).toEqual(['4', '0', '0', '1 (25 %)']);
    expect(page.html.querySelector(`main a[href="/pilotage/regles/brouillon/modifier/${rule}"]`)?.text).toContain(
      'Essayer un changement',
    );
    expect(page.html.querySelector('main a[href="/pilotage/regles/brouillon/rejeu"]')).not.toBeNull();
    expect(
      rows(page)
        .find(([name]) => name === 'Novembre 2026')
        ?.slice(1),
    ).toEqual(['5', '80 %', '1', '0 %', '0', '1']);
    expect(page.text).toContain('Raisons des refus');
  });

  it('is narrowed by the period and the filters of the address', async () => {
    const elsewhere = await marie.open('/pilotage/qualite-des-regles?partenaire=cci-allier');
    expect(elsewhere.text).toContain('Aucun projet pendant cette période');
    const before = await marie.open('/pilotage/qualite-des-regles?periode=2026-09');
    expect(before.text).toContain('Aucun projet pendant cette période');
    const wrong = await marie.open('/pilotage/qualite-des-regles?periode=mois&du=2026-11&au=2026-01');
    expect(wrong.status).toBe(422);
  });

  it('says which rule is no longer in force, under the name that it had', async () => {
    const { draft } = await desk.services.startDraft(staffMember('marie'));
    const { ruleset } = draft;
    const left = { ...ruleset, version: 'v2', rules: ruleset.rules.filter(({ id }) => id !== rule) };
    await desk.parts.rulesets.insert(
      {
        number: 2,
        version: 'v2',
        ruleset: left,
        publishedAt: desk.clock.now,
        by: 'marie',
        note: '',
        basedOn: 1,
        overrides: [],
      },
      { id: 'another draft', revision: 1 },
    );
    const page = await marie.open('/pilotage/qualite-des-regles');
    const [first] = rows(page).filter(([name]) => name === squeeze(labelOf(rule)));
    expect(first?.at(-1)).toBe('N’est plus en vigueur');
    expect(page.html.querySelector(`main a[href="/pilotage/regles/brouillon/modifier/${rule}"]`)).toBeNull();
  });

  it('is reached from the rules and from the figures, by managers only', async () => {
    for (const address of ['/pilotage/regles', '/pilotage'])
      expect(
        (await marie.open(address)).html.querySelector('main a[href^="/pilotage/qualite-des-regles"]'),
      ).not.toBeNull();
    const odile = await door.signedIn('odile');
    expect((await odile.open('/pilotage/qualite-des-regles')).status).toBe(403);
    expect(
      (await odile.open('/pilotage')).html.querySelector('main a[href^="/pilotage/qualite-des-regles"]'),
    ).toBeNull();
  });
});
