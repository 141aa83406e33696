import { createApp } from '../../../src/app.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const THURSDAY = new Date('2026-11-26T10:00:00+01:00');

let desk: Desk;
let door: Door;
let project: string;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  const { arrives, services } = arrivals(desk);
  ({ project } = await arrives({ facts: { title: 'Un atelier en retard' } }));
  desk.clock.now = THURSDAY;
  await services.refreshFacts();
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const sections = ({ html }: Page) =>
  html.querySelectorAll('main section.attention').map((section) => ({
    id: section.querySelector('h2')?.id ?? '',
    sentence: squeeze(section.querySelector('.help')?.text),
    findings: section.querySelectorAll('.attention-findings > li').map((finding) => ({
      title: squeeze(finding.querySelector('h3')?.text),
      text: squeeze(finding.text),
      links: finding.querySelectorAll('a').map((link) => link.getAttribute('href') ?? ''),
    })),
  }));

describe('à surveiller', () => {
  it('says what is late, since when, and to whom to write about it', async () => {
    const page = await (await door.signedIn('marie')).open('/pilotage/a-surveiller');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Données au 26 novembre 2026 à 10 h');
    const late = sections(page).find(({ id }) => id === 'late');
    expect(late?.sentence).toBe('Personne ne les a pris avant la date promise, la fin du 2e jour ouvré.');
    const [finding] = late?.findings ?? [];
    expect(finding?.title).toContain('TILTAM');
    expect(finding?.text).toContain('1 projet en retard, sur 1 ouvert.');
    expect(finding?.text).toContain('Depuis mercredi 25 novembre');
    expect(finding?.text).toContain('Un atelier en retard');
    expect(finding?.links).toContain(`/pilotage/projets/${project}`);
    expect(finding?.links).toContain('mailto:lea@example.org?subject=Projets%20en%20retard');
    expect(finding?.links).toContain('/pilotage/chiffres/backlog?partenaire=ti-tiltam');
  });

  it('gives every finding its figures and a place to act, at addresses that open', async () => {
    const marie = await door.signedIn('marie');
    const found = sections(await marie.open('/pilotage/a-surveiller')).flatMap(({ findings }) => findings);
    expect(found.length).toBeGreaterThan(10);
    for (const { title, text, links } of found) {
      expect(title).not.toBe('');
      expect(text).toMatch(/\d/);
      expect(links.length).toBeGreaterThan(0);
    }
    const own = [...new Set(found.flatMap(({ links }) => links.map((link) => link.split('?')[0] ?? '')))];
    for (const address of own.filter((link) => link.startsWith('/')))
      expect([address, (await marie.open(address)).status]).toEqual([address, 200]);
  });

  it('is in the menu of managers, and closed to the others', async () => {
    const marie = await (await door.signedIn('marie')).open('/pilotage/a-surveiller');
    expect(squeeze(marie.html.querySelector('.header-nav [aria-current]')?.text)).toBe('À surveiller');
    for (const who of ['lea', 'odile'] as const) {
      const visitor = await door.signedIn(who);
      expect((await visitor.open('/pilotage/a-surveiller')).status).toBe(403);
      expect((await visitor.open('/pilotage')).html.querySelector('a[href="/pilotage/a-surveiller"]')).toBeNull();
    }
  });

  it('is good news when it is empty', async () => {
    const attention = await desk.services.readAttention(staffMember('marie'));
    const quiet = { ...desk.services, readAttention: async () => ({ ...attention, sections: [] }) };
    const server = createApp(quiet, desk.sessions, desk.config);
    const { agent } = await signInByHand({ ...desk, app: server }, 'marie');
    const { text } = await agent.get('/pilotage/a-surveiller').expect(200);
    expect(text).toContain('Rien à signaler');
    expect(text).toContain('C’est une bonne nouvelle');
  });
});
