import pino from 'pino';
import request from 'supertest';
import { logger } from '../../../src/logger.js';
import { paths } from '../../../src/paths.js';
import { openPages } from '../../../src/web/public/openRouter.js';
import { addStaff, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const PAGES = [
  paths.home(),
  paths.partners(),
  paths.publicFigures(),
  paths.charter(),
  paths.legal(),
  paths.privacy(),
  paths.accessibility(),
];
const TOLD = ['etag', 'cache-control', 'vary', 'content-security-policy', 'x-content-type-options'];

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  // Counted behind the back of who asks: from here on they stay the same.
  while ((await desk.services.readPublicFigures()) === null);
});
afterAll(() => desk.stop());

const open = (page: string, headers: Record<string, string> = {}) =>
  request(desk.app)
    .get(page)
    .set({ 'Accept-Encoding': 'identity', 'Accept-Language': 'fr', ...headers });
const etagOf = async (page: string, headers = {}): Promise<string> =>
  String((await open(page, headers)).headers['etag']);

it('are these', () => {
  expect(openPages(desk.services).map(({ path }) => path)).toEqual(PAGES);
});

describe.each(PAGES)('%s for a visitor', (page) => {
  it('is the same for all, kept by browsers that ask each time, and not sent again to who has it', async () => {
    const [first, second] = [await open(page), await open(page)];
    expect([first.status, first.text === second.text]).toEqual([200, true]);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(first.text).not.toMatch(/_csrf|method="post"/);
    expect(first.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      vary: 'Accept-Encoding, Accept-Language, Cookie',
    });
    expect(first.headers['x-request-id']).not.toBe(second.headers['x-request-id']);

    const again = await open(page, { 'If-None-Match': String(first.headers['etag']) });
    expect([again.status, again.text, again.headers['content-length']]).toEqual([304, '', undefined]);
    for (const name of TOLD) expect([name, again.headers[name]]).toEqual([name, first.headers[name]]);
    const head = await request(desk.app).head(page).set({ 'Accept-Encoding': 'identity', 'Accept-Language': 'fr' });
    expect([head.text, head.headers['etag'], head.headers['content-length']]).toEqual([
      undefined,
      first.headers['etag'],
      String(Buffer.byteLength(first.text)),
    ]);
  });

  it('is the same compressed', async () => {
    const { text, headers } = await open(page);
    const gzipped = await open(page, { 'Accept-Encoding': 'gzip, deflate' });
    expect([gzipped.headers['content-encoding'], gzipped.headers['etag']]).toEqual(['gzip', headers['etag']]);
    expect(gzipped.text).toBe(text);
    const smallest = await open(page, { 'Accept-Encoding': 'gzip, deflate, br' });
    expect([smallest.headers['content-encoding'], smallest.text]).toEqual(['br', text]);
    expect(Number(smallest.headers['content-length'])).toBeLessThan(text.length / 2);
  });

  it('is another one in each language, as the browser asks or as was chosen', async () => {
    const french = await etagOf(page);
    const english = await etagOf(page, { 'Accept-Language': 'en-GB,en;q=0.8' });
    expect(english).not.toBe(french);
    expect(await etagOf(page, { Cookie: 'a=b; langue=en' })).toBe(english);
    expect(await etagOf(page, { 'Accept-Language': 'en', Cookie: 'langue=fr' })).toBe(french);
    expect(await etagOf(page, { Cookie: 'langue=xx' })).toBe(french);
    expect((await open(page, { Cookie: 'langue=en', 'If-None-Match': french })).status).toBe(200);
  });

  it('is not what staff see, and theirs is kept by nobody', async () => {
    const etag = await etagOf(page);
    const { agent } = await signInByHand(desk, 'marie');
    const seen = await agent.get(page).set({ 'Accept-Language': 'fr', 'If-None-Match': etag });
    expect([seen.status, seen.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(seen.text).toContain('Marie R.');
    const after = await open(page);
    expect(after.text).not.toContain('Marie');
    expect(after.headers['etag']).toBe(etag);
  });

  it.each(['?via=salon-2026', '?lang=en', '?x=1'])('is not kept for an address that says more: %s', async (more) => {
    const etag = await etagOf(page);
    const { status, headers } = await open(`${page}${more}`, { 'If-None-Match': etag });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(await etagOf(page)).toBe(etag);
    expect((await open(page)).text).not.toMatch(/salon-2026|x=1/);
  });
});

it('an address that is written otherwise leads to itself in the other language, and changes no other', async () => {
  const { text } = await open('/PARTENAIRES/');
  expect(text).toContain('/PARTENAIRES/?lang=en');
  expect((await open(paths.partners())).text).not.toContain('PARTENAIRES');
});

it('what managers say is on the page that is asked for next, whichever process it was said to', async () => {
  const before = await etagOf(paths.legal());
  const { version, updatedAt: _at, updatedBy: _by, ...site } = await desk.services.readPublicSite();
  await desk.with({}).savePublicSite(staffMember('marie'), { ...site, publisher: 'Un éditeur d’essai' }, version);
  const after = await open(paths.legal(), { 'If-None-Match': before });
  expect(after.status).toBe(200);
  expect(after.text).toContain('Un éditeur d’essai');
  expect(await etagOf(paths.legal())).toBe(after.headers['etag']);
});

it('is counted and logged as any other, by its address without what follows', async () => {
  const { [pino.symbols.streamSym]: stream } = logger as unknown as Record<symbol, { write(line: string): unknown }>;
  if (!stream) throw new Error('the logger writes nowhere');
  const written: string[] = [];
  const spy = jest.spyOn(stream, 'write').mockImplementation((line) => written.push(line));
  logger.level = 'info';
  const { headers } = await open(paths.home());
  await open('/projet/besoins?q=camille@example.org');
  await request(desk.app).put('/');
  logger.level = 'silent';
  spy.mockRestore();

  const lines = written.map((line): unknown => JSON.parse(line));
  const id = headers['x-request-id'];
  const plain = { level: 30, msg: 'request completed', responseTime: expect.any(Number), time: expect.any(Number) };
  expect(lines).toContainEqual({
    ...plain,
    reqId: id,
    request: id,
    req: { id, method: 'GET', url: '/' },
    res: { statusCode: 200 },
  });
  expect(lines).toContainEqual(
    expect.objectContaining({ ...plain, req: expect.objectContaining({ url: '/projet/besoins' }) }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ ...plain, res: { statusCode: 403 } }));
  expect(lines).toHaveLength(3);
});
