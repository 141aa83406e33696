import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../support/browser.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

/** Bull Board, behind our door: the queues as BullMQ has them, from our own host, to look at and not to touch. */
const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const BOARD = '/exploitation/files';

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, redis: true });
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const signIn = async (page: Page, who: StaffName): Promise<void> => {
  await page.goto(`${door.base}/connexion`);
  await page.fill('#email', `${who}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main button');
};

it('is for administrators alone, whatever is asked of it', async () => {
  const asked = [BOARD, `${BOARD}/`, `${BOARD}/api/queues`, `${BOARD}/queue/deliveries`, `${BOARD}/static/favicon.ico`];
  for (const address of asked) {
    for (const who of ['anne', 'lea', 'marie'] as const) {
      const { agent } = await signInByHand(desk, who);
      const { status, text } = await agent.get(address);
      expect([address, who, status, text.includes('Accès réservé')]).toEqual([address, who, 403, true]);
    }
    const out = await fetch(door.base + address, { redirect: 'manual' });
    expect([out.status, out.headers.get('location')]).toEqual([303, expect.stringContaining('/connexion?suite=')]);
  }
});

it('carries a policy that lets nothing in from elsewhere, and names no other host', async () => {
  const { agent } = await signInByHand(desk, 'admin');
  const { headers, text, status } = await agent.get(BOARD);
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/);
  expect(headers['cache-control']).toContain('no-store');
  expect(text).not.toMatch(/https?:\/\/|<style| style="/);
});

it('leaves what it does not know to us', async () => {
  const { agent } = await signInByHand(desk, 'admin');
  const { status, text } = await agent.get(`${BOARD}/nulle-part/ailleurs`);
  expect([status, text.includes('Cette page n’existe pas') || text]).toEqual([404, true]);
});

it('gives no file but its own', async () => {
  const { agent } = await signInByHand(desk, 'admin');
  for (const way of ['..%2f', '%2e%2e/', '..%5c', '....//', '%2e%2e%2f']) {
    const { status, text } = await agent.get(`${BOARD}/static/${way.repeat(6)}package.json`);
    expect([way, status >= 400 || !text.includes('"dependencies"')]).toEqual([way, true]);
  }
});

it('changes nothing: no act is taken, not even by an administrator', async () => {
  await desk.parts.enqueue(['kept']);
  const { agent, tokenIn } = await signInByHand(desk, 'admin');
  const _csrf = tokenIn((await agent.get('/exploitation/reprendre').redirects(0)).text);
  expect(_csrf).not.toBe('');
  for (const act of ['pause', 'clean/wait', 'empty', 'obliterate', 'promote', 'retry/failed', 'add']) {
    const address = `${BOARD}/api/queues/deliveries/${act}`;
    expect([act, (await agent.put(address)).status]).toEqual([act, 403]);
    const { status } = await agent.put(address).type('form').send({ _csrf });
    expect([act, status >= 400]).toEqual([act, true]);
  }
  const removed = await agent.put(`${BOARD}/api/queues/deliveries/kept/clean`).type('form').send({ _csrf });
  expect(removed.status).toBeGreaterThanOrEqual(400);
  expect((await desk.parts.queueDepths())?.find(({ queue }) => queue === 'deliveries')?.waiting).toBe(1);
});

it('shows the queues in Chromium, with ids and nothing else, and asks no other host for anything', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const asked: string[] = [];
  const refused: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  page.on('pageerror', (error) => refused.push(error.message));
  await signIn(page, 'admin');
  await page.goto(`${door.base}${BOARD}`);
  await page.getByText('deliveries').first().waitFor();
  await page.goto(`${door.base}${BOARD}/queue/deliveries`);
  await page.getByText('kept').first().waitFor();
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/board.png` });
  expect(new Set(asked)).toEqual(new Set([door.base]));
  expect(refused).toEqual([]);
  await context.close();
});

it('is a page that says so while Redis is away, and comes back with it', async () => {
  const { agent } = await signInByHand(desk, 'admin');
  await desk.redis?.crash();
  const { status, text } = await agent.get(BOARD);
  expect([status, text]).toEqual([503, expect.stringContaining('Redis ne répond pas')]);
  expect((await agent.get('/exploitation')).status).toBe(200);
  await desk.redis?.restart();
  let back = 503;
  for (let tries = 0; tries < 50 && back !== 200; tries += 1) {
    await new Promise((later) => setTimeout(later, 200));
    back = (await agent.get(BOARD)).status;
  }
  expect(back).toBe(200);
  expect((await agent.get(`${BOARD}/api/queues`)).status).toBe(200);
});
