import { projectsOn } from '../../../src/data/projects.js';
import { referralsOn } from '../../../src/data/referrals.js';
import type { Finding } from '../../../src/domain/statistics/attention.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { watchQueries } from '../../support/watchQueries.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const marie = staffMember('marie');
const anne = staffMember('anne');

let desk: Desk;
let arrives: ReturnType<typeof arrivals>['arrives'];
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  ({ arrives, services } = arrivals(desk));
});
afterAll(() => desk.stop());

const findingsOf = async (kind: Finding['kind']): Promise<Finding[]> => {
  await services.refreshFacts();
  const { sections } = await services.readAttention(marie);
  return sections.find(({ id }) => id === kind)?.findings ?? [];
};
const atTiltam = async (kind: Finding['kind']): Promise<Finding | undefined> =>
  (await findingsOf(kind)).find(({ about }) => about === 'ti-tiltam');

describe('what a manager is told to act on', () => {
  it('is for managers only', async () => {
    for (const name of ['anne', 'lea', 'odile', 'admin'] as const)
      await expect(services.readAttention(staffMember(name))).rejects.toThrow();
  });

  it('names the desks that have nobody to answer', async () => {
    const about = (await findingsOf('nobody')).map(({ about: partner }) => partner);
    expect(about).toContain('universite-clermont-auvergne');
    expect(about).not.toContain('ti-tiltam');
    expect(about).not.toContain('cci-puy-de-dome');
  });

  it('foresees which projects will be late when nobody takes any, says that they are, until somebody takes them', async () => {
    const { id, project } = await arrives();
    const soon = await atTiltam('soonLate');
    expect(soon?.numbers).toEqual({ projects: 1, line: 1, taken: 0 });
    expect(soon?.projects.map((one) => one.project)).toEqual([project]);
    expect(await atTiltam('late')).toBeUndefined();

    desk.clock.now = new Date('2026-11-26T10:00:00+01:00');
    expect(await atTiltam('soonLate')).toBeUndefined();
    const late = await atTiltam('late');
    expect(late?.numbers).toEqual({ late: 1, open: 1 });
    expect(late?.projects.map((one) => one.project)).toEqual([project]);

    await services.takeReferral({ id, version: 1, by: anne });
    expect(await atTiltam('late')).toBeUndefined();
  });

  it('counts at the pace of the last 20 business days: one was taken, after 3 days', async () => {
    const { id } = await arrives({ facts: { title: 'Un autre atelier' } });
    expect((await atTiltam('soonLate'))?.numbers).toEqual({ projects: 1, line: 1, taken: 1 });
    await services.takeReferral({ id, version: 1, by: anne });
    expect(await atTiltam('soonLate')).toBeUndefined();
  });

  it('names the EPCI that sent nothing: not that of the project', async () => {
    const silent = (await findingsOf('silent')).map(({ about }) => about);
    const own = desk.parts.territory.commune('63430')?.epci;
    expect(silent.length).toBe(desk.parts.territory.epcis.length - 1);
    expect(silent).not.toContain(own);
  });

  it('names holders of open projects, and colleagues, whose address refuses', async () => {
    const { project } = await arrives({ facts: { title: 'Un atelier sans adresse' } });
    const refusal = { at: desk.clock.now, because: '550 no such user' };
    await desk.parts.projects.model.updateOne({ _id: project }, { $set: { mailRefused: refusal } });
    await desk.parts.accounts.markMailRefused('anne', refusal);
    const findings = await findingsOf('refused');
    expect(findings.map(({ about }) => about).sort()).toEqual(['', 'anne']);
    expect(findings.find(({ about }) => about === '')?.projects.map((one) => one.project)).toEqual([project]);
  });

  it('reads none of the projects that are over', async () => {
    const watched = await watchQueries(desk.config.mongodbUrl);
    const { connection } = watched;
    const own = desk.with({ referrals: referralsOn(connection), projects: projectsOn(connection) });
    const documents = async (): Promise<number> => {
      const { seen } = await watched.watch(() => own.readAttention(marie));
      expect(seen.length).toBeGreaterThan(10);
      return seen.reduce((sum, { docs }) => sum + docs, 0);
    };
    for (let number = 0; number < 12; number += 1) {
      const { id } = await arrives({ facts: { title: `Un projet terminé ${number}` } });
      await services.takeReferral({ id, version: 1, by: anne });
      await services.closeReferral({ id, version: 2, by: anne }, { outcome: 'helped', help: 'advice', words: null });
    }
    const after = await documents();
    // Two months later, what was done is no part of the pace either: two projects in hand, one to take, its holder.
    desk.clock.now = new Date('2027-01-25T10:00:00+01:00');
    expect(await documents()).toBeLessThan(10);
    expect(after).toBeLessThan(30);
    await watched.close();
  });
});
