import { breakDown } from '../../src/domain/statistics/breakdowns.js';
import { DIMENSIONS } from '../../src/domain/statistics/cells.js';
import type { Filters } from '../../src/domain/statistics/filters.js';
import { parsePeriod } from '../../src/domain/statistics/period.js';
import { anUndecidedSubmission, aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const anne = staffMember('anne');
const marie = staffMember('marie');

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk();
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
afterAll(() => desk.stop());

const at = (time: string): void => {
  desk.clock.now = new Date(time);
};
const arrives = async (visitor: string, submission = aSubmission()) => {
  await services.saveDraft(visitor, {});
  const { project } = await services.submitProject({ visitor, submission });
  return (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
};
/** What a manager reads once the worker has counted. */
const read = async (periode: string, filters: Filters = {}) => {
  await services.refreshFacts();
  return services.readFigures(marie, { period: parsePeriod({ periode }, desk.clock.now), filters });
};
const valuesOf = ({ figures }: Awaited<ReturnType<typeof read>>) =>
  Object.fromEntries(figures.map(({ id, figure }) => [id, figure.value]));

describe('the figures of a month', () => {
  it('count what came in it, grow until the month after is over, then never change', async () => {
    at('2026-09-07T09:30:00+02:00');
    const first = await arrives('first');
    const second = await arrives('second');
    await arrives('third', anUndecidedSubmission());
    at('2026-09-08T10:30:00+02:00');
    await services.takeReferral({ id: first, version: 1, by: anne });
    at('2026-09-30T23:30:00+02:00');
    await arrives('late in the evening of the last day');

    at('2026-10-05T10:00:00+02:00');
    const soonAfter = await read('2026-09');
    expect(soonAfter).toMatchObject({ isSettled: false, asOf: desk.clock.now });
    expect(valuesOf(soonAfter)).toMatchObject({
      submitted: 4,
      triage: 1,
      taken: 1,
      medianDelay: 8,
      helped: 0,
      backlog: 4,
    });

    at('2026-10-20T10:00:00+02:00');
    await services.closeReferral(
      { id: first, version: 2, by: anne },
      { outcome: 'helped', help: 'advice', words: null },
    );
    expect(valuesOf(await read('2026-09'))).toMatchObject({ helped: 1, backlog: 3 });

    at('2026-11-10T10:00:00+01:00');
    const final = await read('2026-09');
    expect(final).toMatchObject({ isSettled: true, asOf: new Date('2026-11-01T00:00:00+01:00') });
    await services.takeReferral({ id: second, version: 1, by: anne });
    await services.closeReferral(
      { id: second, version: 2, by: anne },
      { outcome: 'helped', help: 'advice', words: null },
    );
    at('2027-06-01T10:00:00+02:00');
    expect(await read('2026-09')).toEqual(final);
    expect(valuesOf(final)).toMatchObject({ helped: 1, taken: 1 });
  });

  it('come with those of the month before, and with every cut', async () => {
    at('2026-10-31T10:00:00+01:00');
    const { figures, before, breakdowns } = await read('2026-10');
    expect(before).toMatchObject({ first: '2026-09-01', last: '2026-09-30' });
    expect(figures.find(({ id }) => id === 'submitted')).toMatchObject({ figure: { value: 0 }, before: { value: 4 } });
    expect(breakdowns.map(({ id }) => id)).toEqual(
      breakDown([], { territory: desk.parts.territory, channels: [] }).map(({ id }) => id),
    );
    expect(DIMENSIONS.every((dimension) => breakdowns.some(({ id }) => id === dimension))).toBe(true);
  });

  it('leave out advertisements', async () => {
    at('2026-12-01T10:00:00+01:00');
    const advertisement = {
      title: 'Référencement garanti',
      summary: 'Nous vous proposons la première page, sans engagement, audit gratuit de votre site. Contactez-nous.',
    };
    await arrives('seller', aSubmission({ facts: { ...advertisement, needs: [], sector: 'publicité', stage: null } }));
    expect(valuesOf(await read('2026-12'))).toMatchObject({ submitted: 0 });
  });

  it('are those of one partner under its filter', async () => {
    expect(valuesOf(await read('2026-09', { partenaire: anne.partner ?? '' }))).toMatchObject({ submitted: 3 });
    expect(valuesOf(await read('2026-09', { partenaire: 'ti-riom-vichy' }))).toMatchObject({ submitted: 0 });
  });

  it('are for those who may see figures', async () => {
    const period = parsePeriod({}, desk.clock.now);
    await expect(services.readFigures(anne, { period, filters: {} })).rejects.toMatchObject({ status: 403 });
    const odile = staffMember('odile');
    await expect(services.readFigures(odile, { period, filters: {} })).resolves.toMatchObject({ period });
  });
});
