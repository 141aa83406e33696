import request from 'supertest';
import { FEWEST } from '../../../src/domain/statistics/protect.js';
import { aSubmission } from '../../support/aSubmission.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const OCTOBER = new Date('2026-10-05T09:30:00+02:00');
const NOVEMBER = new Date('2026-11-23T09:30:00+01:00');
const VICHY = '03310';
const CLERMONT = '63113';
const THIERS = '63430';

let desk: Desk;
let door: Door;
let received = 0;
const arrive = async (count: number, commune: string): Promise<void> => {
  const services = desk.with({ enqueue: async () => true });
  for (let number = 0; number < count; number += 1) {
    received += 1;
    await services.submitProject({
      visitor: `visitor ${received}`,
      submission: aSubmission({ facts: { title: `Un atelier numéro ${received}`, commune } }),
    });
  }
  await services.refreshFacts();
};
beforeAll(async () => {
  desk = await startDesk({ at: OCTOBER });
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const read = async (language: 'fr' | 'en') => {
  const page = await door.visitor().open(`/chiffres?lang=${language}`);
  const rows = page.html
    .querySelectorAll('main tbody tr')
    .map((row) => row.querySelectorAll('th, td').map((one) => one.text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()));
  return { ...page, rows };
};
const later = (minutes: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + minutes * 60_000);
};
/** The figures are counted behind the back of who asks: the next one has them. */
const counted = async (): Promise<void> => {
  later(11);
  await desk.services.refreshFacts();
  await desk.services.readPublicFigures();
  for (let tries = 0; tries < 200; tries += 1) {
    const known = await desk.services.readPublicFigures();
    if (known?.at.getTime() === desk.clock.now.getTime()) return;
    await new Promise((soon) => setTimeout(soon, 20));
  }
  throw new Error('never counted');
};

describe('public figures', () => {
  it('publish nothing of fewer than 20 projects, neither as a page nor as data', async () => {
    await arrive(3, VICHY);
    await counted();
    const { status, text, rows } = await read('fr');
    expect(status).toBe(200);
    expect(text).toContain('Il n’y a pas encore assez de projets pour publier des chiffres');
    expect(rows).toEqual([]);
    const { body } = await request(desk.app).get('/chiffres.json').expect(200);
    expect(body).toMatchObject({ isPublished: false, figures: null, byTerritory: null, byQuarter: null });
  });

  it('hide what is under 5, and the next smallest line when it would give it away', async () => {
    desk.clock.now = NOVEMBER;
    await arrive(14, CLERMONT);
    await arrive(30, THIERS);
    await counted();
    // By quarter: 3 in October and 44 in November are one quarter, the 4th. By area: 3 in Vichy, 14 in the Métropole, 30 in
    // TILTAM, none elsewhere. 0 and 3 and 0 are three small ones that make 3: none can be told, no other line is hidden.
    const { text, rows } = await read('fr');
    expect(text).toContain('47 projets reçus');
    expect(text).toContain('Données au 23 novembre 2026');
    expect(text).not.toContain('fictifs');
    expect(rows.find(([name]) => name === 'Clermont Auvergne Métropole')?.[1]).toBe('14');
    expect(rows.find(([name]) => name?.includes('TILTAM'))?.[1]).toBe('30');
    expect(rows.find(([name]) => name?.includes('Riom-Vichy'))).toEqual([
      'Territoire d’industrie Riom-Vichy',
      '< 5',
      'non publié',
      'non publié',
      'non publié',
    ]);
    expect(rows.find(([name]) => name === '4e trimestre 2026 (octobre et novembre)')?.[1]).toBe('47');
    expect(rows.find(([name]) => name?.includes('Issoire-Brioude'))?.[1]).toBe('< 5');
    const english = await read('en');
    expect(english.text).toContain('47 projects received');
    expect(english.rows.find(([name]) => name?.includes('Riom-Vichy'))?.[1]).toBe('fewer than 5');
  });

  it('say the same as data: with definitions, a licence and the date', async () => {
    const { body, headers } = await request(desk.app).get('/chiffres.json').expect(200);
    expect(headers['content-type']).toContain('application/json');
    expect(headers['cache-control']).toBe('public, max-age=600');
    expect(body).toMatchObject({
      isPublished: true,
      isFictional: false,
      licence: { name: 'Licence Ouverte / Open Licence 2.0 (Etalab)' },
      figures: { submitted: { is: 'exact', value: 47 } },
      months: { first: '2025-12', last: '2026-11' },
    });
    expect(body.asOf).toBe(desk.clock.now.toISOString());
    for (const id of Object.keys(body.figures)) expect(body.definitions[id].sentence.fr).not.toBe('');
    const counts = [...body.byTerritory, ...body.byQuarter].flatMap(({ figures }) => [
      figures.submitted,
      figures.helped,
    ]);
    expect(counts.length).toBeGreaterThan(10);
    for (const count of counts) if (count.is === 'exact') expect(count.value).toBeGreaterThanOrEqual(FEWEST);
  });

  it('are one click from every page, and from those of the home page', async () => {
    const home = await door.visitor().open('/?lang=fr');
    expect(home.html.querySelector('footer a[href="/chiffres"]')?.text).toBe('Nos chiffres');
    expect(home.html.querySelector('main a[href="/chiffres"]')).not.toBeNull();
  });
});
