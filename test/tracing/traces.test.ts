import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { sendProject } from '../support/fillIn.js';
import { freePort } from '../support/freePort.js';
import { readMetrics } from '../support/readMetrics.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';
import { type Taken, takeSpans } from '../support/takeSpans.js';
import { visit } from '../support/visit.js';

/** What those who look after the desk see of one submission, from the page to the job of its e-mail, in the processes of the Procfile. */
const REQUEST = '8f14e45fceea167a5a36dedd4bea2543';
const NOBODY = '127.0.0.1:9';
const TOKEN = 'b41e0c7d95f2a8636d7e19c04fb5a2d8';
const SERVER = 2;
const PRODUCER = 4;
const CONSUMER = 5;

let desk: Processes;
let collector: Awaited<ReturnType<typeof takeSpans>>;
beforeAll(async () => {
  collector = await takeSpans();
  desk = await startProcesses({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    LOG_LEVEL: 'info',
    TRUST_PROXY: '1',
    STOP_DELAY: '0',
  });
});
afterAll(async () => {
  await desk.stop();
  await collector.stop();
});

type Line = Record<string, unknown>;

/** A process as built, with what it logs. `end`: asked to stop; gives its exit code. */
const start = (script: string, more: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [path.join(projectRoot, 'dist', script)], {
    env: { ...desk.env, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    lines: (): Line[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
    async end(): Promise<number | null> {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
};
const isReady = (base: string) => async (): Promise<boolean> =>
  fetch(`${base}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
const startWeb = async (more: NodeJS.ProcessEnv = {}) => {
  const web = start('src/server.js', more);
  await until('the web process', isReady(desk.base), 60);
  return web;
};

/** From a span up to where its trace begins. */
const upFrom = (span: Taken | undefined): Taken[] =>
  span ? [span, ...upFrom(collector.spans.find(({ spanId }) => spanId === span.parentSpanId))] : [];

it('is one trace from the page to the job, one request id in the log of both, and figures of the worker', async () => {
  const port = await freePort();
  const web = await startWeb();
  const more = { WORKER_PORT: String(port), METRICS_TOKEN: TOKEN, SMTP_URL: `smtp://${NOBODY}` };
  const worker = start('jobs/worker.js', more);
  await until('the worker', isReady(`http://127.0.0.1:${port}`), 60);
  const receipt = await sendProject(visit(desk.base, { 'X-Request-Id': REQUEST }));
  const ofJob = () => worker.lines().filter((line) => line['request'] === REQUEST);
  await until('a try of the e-mail', () => ofJob().some(({ msg }) => msg === 'e-mail not sent'), 60);

  const metrics = await (
    await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  ).text();
  const tried = readMetrics(metrics).find(({ labels }) => labels['became'] === 'to_try_again');
  expect(tried?.value).toBeGreaterThan(0);
  expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/suivi/x`)).status).toBe(404);

  // What waits in memory leaves when they are asked to stop.
  expect(await Promise.all([worker.end(), web.end()])).toEqual([0, 0]);
  const { spans } = collector;
  const job = spans.find(({ name, kind }) => name === 'process deliveries' && kind === CONSUMER);
  const way = upFrom(job);
  expect(way.map(({ kind }) => kind).filter((kind) => kind >= SERVER)).toEqual([CONSUMER, PRODUCER, SERVER]);
  const page = way.at(-1);
  expect(page).toMatchObject({
    name: 'POST /projet/verification',
    service: 'porte-entree-innovation',
    attributes: { 'http.route': '/projet/verification', 'http.response.header.x-request-id': REQUEST },
  });
  const ofTrace = spans.filter(({ traceId }) => traceId === page?.traceId);
  const ofStore = ofTrace.filter(({ scope }) => scope.endsWith('instrumentation-mongodb'));
  const under = (top: Taken | undefined) =>
    ofStore.filter((span) => upFrom(span).some(({ spanId }) => spanId === top?.spanId));
  expect(under(page).length).toBeGreaterThan(under(job).length);
  expect(under(job).length).toBeGreaterThan(0);

  const posted = web.lines().find(({ req }) => JSON.stringify(req)?.includes('"POST","url":"/projet/verification"'));
  expect(posted?.['request']).toBe(REQUEST);
  expect(ofJob().length).toBeGreaterThan(0);

  const token = /\/suivi\/([\w-]{43})/.exec(receipt.url)?.[1] ?? 'none';
  expect(spans.some(({ name }) => name === 'GET /suivi/:token')).toBe(true);
  const told = collector.raw() + JSON.stringify([web.lines(), worker.lines()]);
  for (const personal of ['Camille', 'camille', '98 12 34', 'coutellerie', 'Thiers', token, token.slice(0, 20)])
    expect([personal, told.includes(personal)]).toEqual([personal, false]);
  // A postcode may by chance be within a longer number, such as a time in nanoseconds.
  expect(told).not.toMatch(/(?<!\d)63430(?!\d)/);
  const names = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const name of ['client.address', 'network.peer.address', 'user_agent.original', 'url.query', 'db.statement'])
    expect([name, names.has(name)]).toEqual([name, false]);
});

it('harms nothing when nobody takes the spans: pages are served, the log says it once, and the stop is in order', async () => {
  const web = await startWeb({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://${NOBODY}` });
  for (let each = 0; each < 20; each += 1) expect((await fetch(desk.base)).status).toBe(200);
  const told = () => web.lines().filter(({ msg }) => msg === 'traces are lost: nobody takes them');
  await until('a word of it', () => told().length > 0, 60);
  expect((await fetch(desk.base)).status).toBe(200);
  const begun = performance.now();
  expect(await web.end()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(told()).toHaveLength(1);
});

it('loads nothing of it when no endpoint is set', () => {
  // But for the bare interface, which prom-client brings along.
  const script = `require(${JSON.stringify(path.join(projectRoot, 'dist/jobs/worker.js'))});
    const loaded = Object.keys(require.cache).filter((file) => /@opentelemetry.(?!api.)|bullmq-otel/.test(file));
    console.log(loaded.length); process.exit();`;
  const env = { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: '' };
  expect(execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }).trim()).toBe('0');
});
