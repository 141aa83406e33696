import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sendProject } from '../support/fillIn.js';
import { until } from '../support/startProcesses.js';
import { type Standalone, startStandalone } from '../support/startStandalone.js';
import { visit } from '../support/visit.js';

const script = path.resolve(__dirname, '../../dist/src/standalone.js');

/** Ids and command lines of processes that still name this folder. */
const processesOf = (dataDir: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(dataDir));

const childrenOf = (parent: number | undefined): number[] =>
  execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));

const redisPid = (dataDir: string): number => JSON.parse(readFileSync(path.join(dataDir, 'redis.json'), 'utf8')).pid;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm start', () => {
  let desk: Standalone;
  beforeAll(async () => {
    desk = await startStandalone({ DEMO: 'no' });
  });
  afterAll(() => desk.stop());

  const receipts = async (): Promise<number> =>
    (await desk.emails()).filter(({ to }) => to[0]?.address === 'camille@example.org').length;

  it('takes a project and delivers its e-mail', async () => {
    const receipt = await sendProject(visit(desk.base));
    expect(receipt.text).toContain('TILTAM');
    await until('the receipt', async () => (await receipts()) === 1);
  });

  it('starts again clean after a hard kill, with everything kept', async () => {
    const receipt = await sendProject(visit(desk.base));
    await until('the receipt', async () => (await receipts()) === 2);
    await desk.end('SIGKILL');
    await desk.start();

    expect((await visit(desk.base).open(receipt.url)).text).toContain('TILTAM');
    expect(await receipts()).toBe(2);
    await sendProject(visit(desk.base));
    await until('the third receipt', async () => (await receipts()) === 3);
  });

  it('says in one line which port is taken, and by which setting to change it', () => {
    const taken = { PORT: String(desk.port), DATA_DIR: `${desk.dataDir}-other`, MAILBOX_PORT: '' };
    const second = spawnSync(process.execPath, [script], { env: { ...process.env, ...taken }, encoding: 'utf8' });
    expect(second.status).toBe(1);
    expect(second.stderr.trim().split('\n')).toEqual([
      `Port ${desk.port} is in use: stop what uses it, or choose another with PORT=…`,
    ]);
  });

  it('reports settings that cannot be used, and starts nothing', () => {
    const bad = { PORT: 'many', REDIS_URL: 'nowhere' };
    const second = spawnSync(process.execPath, [script], { env: { ...process.env, ...bad }, encoding: 'utf8' });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/PORT.*REDIS_URL/);
  });

  it('keeps its folder for its owner alone', () => {
    expect(statSync(desk.dataDir).mode & 0o077).toBe(0);
  });

  it('stops with a sentence when an embedded service is lost, and starts again', async () => {
    process.kill(redisPid(desk.dataDir), 'SIGKILL');
    expect(await desk.ended()).toBe(1);
    expect(desk.output()).toContain('The embedded redis-server ended by itself. Everything stops; start again.');
    await desk.start();
    const [store = ''] = processesOf(desk.dataDir);
    process.kill(Number(store.trim().split(' ')[0]), 'SIGKILL');
    expect(await desk.ended()).toBe(1);
    expect(desk.output()).toContain('The embedded store ended by itself. Everything stops; start again.');
    await desk.start();
  });

  it('stops everything in order and leaves no process behind', async () => {
    expect(processesOf(desk.dataDir).length).toBeGreaterThan(0);
    const redis = redisPid(desk.dataDir);
    expect(isAlive(redis)).toBe(true);
    expect(await desk.end('SIGINT')).toBe(0);
    expect(processesOf(desk.dataDir)).toEqual([]);
    expect(isAlive(redis)).toBe(false);
  });
});

describe('npm start from the files of dist, as with traces', () => {
  let desk: Standalone;
  beforeAll(async () => {
    desk = await startStandalone({ DEMO: 'no' }, { fileByFile: true });
  });
  afterAll(() => desk.stop());

  it('serves the front door and the mailbox on a fresh machine', async () => {
    expect((await visit(desk.base).open('/')).text).toContain('Présenter mon projet');
    const mailbox = await fetch(`http://localhost:${desk.mailboxPort}/`);
    expect(await mailbox.text()).toContain('Boîte aux lettres d’essai');
    await until('its last line', () => desk.output().includes('Ctrl-C stops everything.'));
  });

  it('stops in order on Ctrl-C, with the store and Redis that it started', async () => {
    const children = childrenOf(desk.pid());
    expect(children).toHaveLength(2);
    expect(await desk.end('SIGINT')).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    // An orderly end takes away what tells the next start where to find a Redis left behind.
    expect(existsSync(path.join(desk.dataDir, 'redis.json'))).toBe(false);
  });
});
