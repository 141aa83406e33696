import { buildServices } from '../../../src/services.js';
import { aSubmission } from '../../support/aSubmission.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const ELEVEN_MINUTES = 11 * 60_000;

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const arrive = async (count: number): Promise<void> => {
  const services = desk.with({ enqueue: async () => true });
  for (let number = 0; number < count; number += 1)
    await services.submitProject({
      visitor: `visitor ${desk.clock.now.getTime()} ${number}`,
      submission: aSubmission({ facts: { title: `Un atelier numéro ${number}` } }),
    });
  await services.refreshFacts();
};

describe('home', () => {
  it('keeps the link by which one came', async () => {
    const page = await door.visitor().open('/?via=salon-2026&lang=fr');
    expect(page.html.querySelector('main .button--large')?.getAttribute('href')).toBe('/projet?via=salon-2026');
    const odd = await door.visitor().open(`/?via=${encodeURIComponent('"><b>')}&lang=fr`);
    expect(odd.html.querySelector('main .button--large')?.getAttribute('href')).toBe('/projet');
  });

  it('says that there are too few projects to publish figures, then publishes them', async () => {
    const visitor = door.visitor();
    expect((await visitor.open('/?lang=fr')).text).toContain('Il n’y a pas encore assez de projets');

    await arrive(21);
    expect((await visitor.open('/?lang=fr')).text).toContain('Il n’y a pas encore assez de projets');

    desk.clock.now = new Date(MONDAY.getTime() + ELEVEN_MINUTES);
    let { text } = await visitor.open('/');
    expect(text).toContain('Il n’y a pas encore assez de projets');
    for (let tries = 0; tries < 100 && !text.includes('21 projets'); tries += 1) ({ text } = await visitor.open('/'));
    expect(text).toContain('21 projets reçus');
    expect(text).not.toContain('démonstration');
    expect((await visitor.open('/?lang=en')).text).toContain('21 projects received');
  });

  it('opens without figures when they cannot be counted', async () => {
    const cells = { ...desk.parts.cells, read: () => Promise.reject(new Error('away')) };
    expect(await buildServices({ ...desk.parts, cells }).readPublicFigures()).toBeNull();
  });
});
