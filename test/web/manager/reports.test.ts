import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2024-08-20T09:30:00+02:00') });
  await addStaff(desk);
  await arrivals(desk).arrives();
  await arrivals(desk).arrives();
  desk.clock.now = new Date('2024-09-10T09:30:00+02:00');
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

describe('the page of reports', () => {
  it('says why there is none yet, and when there may be one', async () => {
    const marie = await door.signedIn('marie');
    const page = await marie.open('/pilotage/rapports');
    expect(page.text).toContain('Aucun rapport pour l’instant');
    expect(page.text).toContain('se termine le 30 septembre 2024');
    expect(page.text).toContain('à partir du 1er octobre 2024');
    const draft = await marie.open('/pilotage/rapports/apercu?trimestre=2024-T3');
    expect(draft.text).toContain('son rapport ne peut pas encore être arrêté');
    expect(draft.html.querySelector('main form')).toBeNull();
    expect(draft.html.querySelector('.report-watermark')?.textContent).toBe('Projet de rapport');
  });

  it('lets a manager issue the quarter that is over, and shows it to the committee', async () => {
    desk.clock.now = new Date('2024-10-01T09:30:00+02:00');
    const [marie, odile] = [await door.signedIn('marie'), await door.signedIn('odile')];
    const list = await marie.open('/pilotage/rapports');
    const link = list.html.querySelector('main .notice a')?.getAttribute('href') ?? '';
    const draft = await marie.open(link);
    const issued = await marie.send(draft, {});
    expect(issued.url).toContain('/pilotage/rapports/2024-T3');
    expect(issued.text).toContain('Le rapport est arrêté');
    expect(issued.text).toContain('Arrêté le 1er octobre 2024 par Marie R.');
    expect(issued.html.querySelector('.report-watermark')).toBeNull();

    const menu = (await odile.open('/pilotage/rapports')).html.querySelectorAll('.header-nav a');
    expect(menu.map((item) => item.textContent.trim())).toEqual(['Chiffres', 'Rapports']);
    const report = await odile.open('/pilotage/rapports/2024-T3');
    for (const words of [
      'L’essentiel',
      'Ce qui manque au territoire',
      'Axes et engagements',
      'Qualité de l’orientation',
    ])
      expect(report.text).toContain(words);
    expect(report.text).not.toContain('Camille');
    const late = await marie.send(draft, {});
    expect([late.status, late.text.includes('a déjà été arrêté par Marie R.')]).toEqual([409, true]);
  });

  it('says how to print where the machine has no browser', async () => {
    const odile = await door.signedIn('odile');
    const page = await odile.open('/pilotage/rapports/2024-T3.pdf');
    expect(page.url).toContain('/pilotage/rapports/2024-T3?pdf=non');
    expect(page.text).toContain('Enregistrer au format PDF');
  });

  it('shows leads the part of their own partner, and nothing of the others', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.open('/pilotage/rapports/2024-T3');
    expect(page.text).toContain('TILTAM');
    expect(page.text).not.toContain('L’essentiel');
    expect(page.html.querySelectorAll('.report-part')).toHaveLength(1);
    const { agent } = await signInByHand(desk, 'lea');
    await agent.get('/pilotage/rapports/2024-T3-cci-puy-de-dome').expect(403);
    await agent.get('/pilotage/rapports/apercu?trimestre=2024-T3').expect(403);
    await agent.get('/pilotage/rapports/1999-T1').expect(404);
  });
});
