import request from 'supertest';
import { SCHEDULES } from '../../../jobs/schedules.js';
import { createApp } from '../../../src/app.js';
import { paths } from '../../../src/paths.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { readMetrics, type Sample } from '../../support/readMetrics.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { until } from '../../support/startProcesses.js';

const MORNING = new Date('2026-11-23T09:30:00+01:00');
const TOKEN = 'a-token-for-those-who-watch-long-enough';
const SECOND = 1000;

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MORNING, redis: true, mailbox: true });
});
afterEach(() => desk.stop());

const scrape = async (app = desk.app): Promise<Sample[]> => {
  const answer = await request(app).get('/metrics').expect(200);
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readMetrics(answer.text);
};
/** What was seen a moment ago is over. */
const scrapeAnew = (app = desk.app): Promise<Sample[]> => {
  desk.clock.now = new Date(desk.clock.now.getTime() + 6 * SECOND);
  return scrape(app);
};
/** The samples of a name, by their labels: { 'queue=deliveries state=waiting': 3 }. */
const valuesOf = (samples: Sample[], name: string): Record<string, number> =>
  Object.fromEntries(
    samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [
        Object.entries(labels)
          .map((label) => label.join('='))
          .join(' '),
        value,
      ]),
  );
const submit = (submission = aSubmission()) => desk.services.submitProject({ visitor: desk.parts.newId(), submission });

it('tells to the last one what was decided, what is owed, what left and what failed', async () => {
  const sent = [await submit(), await submit()];
  await submit(anUndecidedSubmission());
  const receiptOf = async (project = '') =>
    (await desk.parts.deliveries.ofProject(project)).find(({ email }) => email === 'holder-receipt')?.id ?? '';
  expect(await desk.services.sendDelivery(await receiptOf(sent[0]?.project.id))).toBe('sent');
  const { model } = desk.parts.deliveries;
  const gaveUp = { owed: false, gaveUpAt: desk.clock.now };
  await model.updateOne({ _id: await receiptOf(sent[1]?.project.id) }, { $set: gaveUp });
  const all = await model.find().lean();
  const samples = await scrapeAnew();

  expect(valuesOf(samples, 'desk_decisions_total')).toEqual({
    'outcome=routed': 2,
    'outcome=triage': 1,
    'outcome=out_of_territory': 0,
    'outcome=rejected': 0,
  });
  const owed = all.filter((one) => one.owed);
  const due = owed.filter((one) => one.due <= desk.clock.now).length;
  expect(valuesOf(samples, 'desk_deliveries')).toEqual({
    'state=due': due,
    'state=later': owed.length - due,
    'state=failed': 1,
    'state=sent_last_day': 1,
  });
  expect(due).toBeGreaterThan(0);
  expect(owed.length).toBeGreaterThan(due);
  expect(valuesOf(samples, 'desk_deliveries_oldest_due_seconds')).toEqual({ '': 6 });
  expect(valuesOf(samples, 'desk_emails_total')).toEqual({
    'became=sent': 1,
    'became=to_try_again': 0,
    'became=given_up': 0,
  });
});

it('tells what waits in the queues, and for how long', async () => {
  await submit();
  const samples = await scrapeAnew();
  const jobs = valuesOf(samples, 'desk_queue_jobs');
  expect(jobs['queue=deliveries state=waiting']).toBe(
    await desk.parts.deliveries.model.countDocuments({ enqueuedAt: { $ne: null } }),
  );
  expect(Object.keys(jobs)).toHaveLength(12);
  const ages = valuesOf(samples, 'desk_queue_oldest_job_seconds');
  expect(ages['queue=deliveries']).toBeGreaterThan(0);
  expect(ages['queue=deliveries']).toBeLessThan(60);
  expect(ages['queue=exports']).toBe(0);
});

it('tells how often the timetable ran and failed, and when it last came to an end', async () => {
  await desk.services.timetable.runDue();
  const broken = desk.with({
    deliveries: { ...desk.parts.deliveries, due: () => Promise.reject(new Error('no index')) },
  });
  await expect(broken.timetable.sweepNow()).rejects.toThrow('no index');
  const at = desk.clock.now.getTime() / SECOND;
  const samples = await scrapeAnew();
  const runs = valuesOf(samples, 'desk_timetable_runs_total');
  for (const work of Object.keys(SCHEDULES)) {
    expect([work, runs[`work=${work} end=done`]]).toEqual([work, 1]);
    expect([work, runs[`work=${work} end=failed`]]).toEqual([work, work === 'sweep' ? 1 : 0]);
  }
  const last = valuesOf(samples, 'desk_timetable_last_done_timestamp_seconds');
  expect(last).toEqual(Object.fromEntries(Object.keys(SCHEDULES).map((work) => [`work=${work}`, at])));
});

it('counts requests by the pattern of their route, never by their address', async () => {
  const { token, project } = await submit();
  const agent = request(desk.app);
  await agent.get(paths.home()).expect(200);
  await agent.get(paths.followUp(token)).expect(200);
  await agent.get(paths.followUp('Zk3_vW9-q1hTn5YcR7pLx2Bd8MfGs4JaUe6KoHtViQw')).expect(404);
  await agent.get(paths.referral(project.id)).expect(303);
  await agent.get('/camille@example.org').expect(404);
  await agent.get('/dossiers/%E0%A4%A').expect(400);
  await agent.post(paths.followUp(token)).expect(403);
  await agent.put('/').expect(403);
  await agent.get('/css/style.css');
  const { text } = await agent.get('/metrics');
  const samples = readMetrics(text);

  expect(valuesOf(samples, 'http_requests_total')).toMatchObject({
    'method=GET route=/ status=200': 1,
    'method=GET route=/suivi/:token status=200': 1,
    'method=GET route=/suivi/:token status=404': 1,
    'method=GET route=/dossiers/:id status=303': 1,
    'method=POST route=none status=403': 1,
    'method=other route=none status=403': 1,
  });
  const own = paths.followUp(':token');
  expect(valuesOf(samples, 'http_request_duration_seconds_count')).toMatchObject({ [`method=GET route=${own}`]: 2 });
  const routes = new Set(samples.map(({ labels }) => labels['route']).filter((route) => route !== undefined));
  expect([...routes].sort()).toEqual(['/', '/dossiers/:id', '/suivi/:token', 'none']);
});

it('holds neither an id nor anything personal, and tells of the event loop', async () => {
  const { token, project } = await submit();
  await request(desk.app).get(paths.followUp(token));
  const { text } = await request(desk.app).get('/metrics');
  const samples = readMetrics(text);
  for (const secret of [token, project.id, project.reference, 'Camille', '@', 'Coutellerie', '63430'])
    expect(text).not.toContain(secret);
  const ours = samples.filter(({ name }) => /^(desk|http)_/.test(name));
  for (const { labels } of ours)
    for (const value of Object.values(labels)) expect(value).toMatch(/^[a-z_:/.+-]+$|^\d{3}$|^[\d.]+$|^GET$|^\+Inf$/);
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total'])
    expect([name, samples.some((sample) => sample.name === name)]).toEqual([name, true]);
});

it('leaves out what Redis would tell while it is away, and tells it again when it is back', async () => {
  expect(valuesOf(await scrape(), 'desk_redis_up')).toEqual({ '': 1 });
  await desk.redis?.crash();
  await until('Redis away', async () => valuesOf(await scrapeAnew(), 'desk_redis_up')[''] === 0);
  const samples = await scrapeAnew();
  expect(samples.some(({ name }) => name.startsWith('desk_queue'))).toBe(false);
  expect(valuesOf(samples, 'desk_store_up')).toEqual({ '': 1 });
  await desk.redis?.restart();
  await until('Redis back', async () => valuesOf(await scrapeAnew(), 'desk_redis_up')[''] === 1);
  expect(valuesOf(await scrape(), 'desk_queue_jobs')).toHaveProperty('queue=deliveries state=waiting');
});

it('waits two seconds at most for a store that hangs, asks it once however many ask, and leaves out what it would tell', async () => {
  let asked = 0;
  const hanging = () => {
    asked += 1;
    return new Promise<never>(() => undefined);
  };
  const services = desk.with({ deliveries: { ...desk.parts.deliveries, now: hanging } });
  const app = createApp(services, desk.sessions, desk.config);
  const begun = performance.now();
  const seen = [...(await Promise.all([scrape(app), scrape(app)])), await scrapeAnew(app)];
  expect(performance.now() - begun).toBeLessThan(6000);
  expect(asked).toBe(1);
  for (const samples of seen) {
    expect(valuesOf(samples, 'desk_store_up')).toEqual({ '': 0 });
    expect(samples.some(({ name }) => /^desk_(deliveries|timetable_last)/.test(name))).toBe(false);
    expect(valuesOf(samples, 'desk_decisions_total')).toHaveProperty('outcome=routed');
  }
});

it('looks at the store once in five seconds, however often it is asked', async () => {
  let asked = 0;
  const { now } = desk.parts.deliveries;
  const counted: typeof now = (...args) => {
    asked += 1;
    return now(...args);
  };
  const services = desk.with({ deliveries: { ...desk.parts.deliveries, now: counted } });
  const app = createApp(services, desk.sessions, desk.config);
  for (let each = 0; each < 5; each += 1) await scrape(app);
  expect(asked).toBe(1);
  await scrapeAnew(app);
  expect(asked).toBe(2);
  // A clock that was put right by an hour does not keep old figures for as long.
  desk.clock.now = new Date(desk.clock.now.getTime() - 3600 * SECOND);
  await scrape(app);
  expect(asked).toBe(3);
});

describe('who may read it', () => {
  it('is this machine without a token, but not through a proxy', async () => {
    await request(desk.app).get('/metrics').expect(200);
    for (const header of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP', 'X-Forwarded-Proto']) {
      const { status, text } = await request(desk.app).get('/metrics').set(header, '127.0.0.1');
      expect([header, status, text.includes('http_requests_total')]).toEqual([header, 404, false]);
    }
  });

  it('is whoever shows the token, when there is one, and nobody else', async () => {
    const app = createApp(desk.services, desk.sessions, { ...desk.config, metricsToken: TOKEN });
    const ask = (authorization: string) => request(app).get('/metrics').set('Authorization', authorization);
    await ask(`Bearer ${TOKEN}`).set('X-Forwarded-For', '192.0.2.1').expect(200);
    await request(app).get('/metrics').expect(401);
    for (const wrong of [TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, 'Bearer ', 'Bearer'])
      await ask(wrong).expect(401).expect('WWW-Authenticate', 'Bearer');
  });
});
