import { followUpRun } from '../support/followUp/followUpRun.js';

/**
 * Sixty business days of follow-up, small, and without the stops at which nothing is promised; `npm run bench -- follow-up`
 * runs the same with a thousand projects and all stops.
 */
const NOTHING_WRONG = { missing: [], extra: [], unaccounted: [], astray: [], owed: 0 };

describe('the e-mails of sixty business days', () => {
  it('all arrive, each once, on its day, and none once its project is taken or closed', async () => {
    const found = await followUpRun({ referrals: 10, arrivalDays: 2, mailbox: true, fewerStops: true });
    expect(found).toMatchObject({ ...NOTHING_WRONG, doubles: 0 });
    expect(found.arrived).toBe(found.promised);
  });

  it('all arrive when the worker is killed and Redis comes back empty; a double only where a kill cut a sending', async () => {
    const found = await followUpRun({ referrals: 8, arrivalDays: 1, kills: 3, outages: 1, fewerStops: true });
    expect(found).toMatchObject(NOTHING_WRONG);
    expect(found.arrived).toBe(found.promised);
    expect(found.doubles).toBeLessThanOrEqual(found.kills);
  });
});
