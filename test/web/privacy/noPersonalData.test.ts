import { Redis } from 'ioredis';
import pino from 'pino';
import { createApp } from '../../../src/app.js';
import { logger } from '../../../src/logger.js';
import { buildServices } from '../../../src/services.js';
import { CUTLER, fillIn, sendProject } from '../../support/fillIn.js';
import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page } from '../../support/visit.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');

/** Found nowhere else. */
const PERSONAL = ['Zéphyrine', 'zephyrine', '06 12 00 98 76', '0612009876', 'alambic', 'Quintessence', 'gentiane'];
const ANSWERS = {
  ...CUTLER,
  projet: { title: 'Un alambic de poche', summary: 'Distiller la gentiane dans un atelier de coutellerie.' },
  entreprise: { organisation: 'Coutellerie Quintessence' },
  contact: { name: 'Zéphyrine Q.', email: 'zephyrine@example.com', phone: '06 12 00 98 76', consent: 'yes' },
};

let desk: Desk;
let door: Door;
/** What the logger wrote, at level info. */
const lines: string[] = [];
const stream = (logger as unknown as Record<symbol, { write: (line: string) => void }>)[pino.symbols.streamSym];
const asBefore = stream?.write;

/** The real desk, on a store whose failures quote what they choked on, as drivers do. */
const failing = () => {
  const quoting = Object.assign(new Error('E11000 dup key: { email: "zephyrine@example.com" }'), {
    code: 11000,
    keyValue: { email: 'zephyrine@example.com', name: 'Zéphyrine Q.' },
  });
  const inTriage = async () => Promise.reject(quoting);
  return buildServices({ ...desk.parts, projects: { ...desk.parts.projects, inTriage } });
};

beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, redis: true });
  await addStaff(desk);
  logger.level = 'info';
  if (stream)
    stream.write = (line) => {
      lines.push(line);
    };
  door = await openDoor({ ...desk, app: createApp(desk.services, desk.sessions, desk.config) });
});
afterAll(async () => {
  logger.level = 'silent';
  if (stream && asBefore) stream.write = asBefore;
  await door.close();
  await desk.stop();
});

const found = (text: string): string[] => PERSONAL.filter((word) => text.includes(word));

/** All that Redis holds: keys and values. */
const wholeRedis = async (): Promise<string> => {
  const redis = new Redis(desk.redis?.url ?? '');
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
    stream: (key) => redis.xrange(key, '-', '+'),
  };
  try {
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map(async (key) => [key, await read[await redis.type(key)]?.(key)]));
    expect(keys.length).toBeGreaterThan(0);
    return JSON.stringify(values);
  } finally {
    redis.disconnect();
  }
};

/** Where the links and forms of a page lead, but those that write to the person or call. */
const addressesIn = ({ url, html }: Page): string[] => [
  url,
  ...html.querySelectorAll('[href], [action], [src]').flatMap((one) => {
    const address = one.getAttribute('href') ?? one.getAttribute('action') ?? one.getAttribute('src') ?? '';
    return /^(mailto|tel):/.test(address) ? [] : [decodeURIComponent(address)];
  }),
];

describe('a whole journey, at log level info', () => {
  const pages: Page[] = [];

  beforeAll(async () => {
    const holder = door.visitor();
    pages.push(await fillIn(holder, ANSWERS));
    pages.push(await sendProject(holder, ANSWERS));
    const [project] = await desk.parts.projects.byEmail('zephyrine@example.com', new Date(0));
    const id = project?.id ?? '';
    const token = await desk.parts.links.create({ purpose: 'follow-up', project: id }, MONDAY);
    pages.push(await holder.open(`/suivi/${token}`));
    await desk.services.addMessage(token, 'La gentiane est prête');

    const lost = await holder.open('/lien-perdu');
    pages.push(await holder.send(lost, { email: 'zephyrine@example.com' }));

    const stranger = door.visitor();
    const form = await stranger.open('/connexion');
    pages.push(await stranger.send(form, { email: 'zephyrine@example.com', password: 'Un alambic de poche' }));

    const anne = await door.signedIn('anne');
    const [referral] = await desk.parts.referrals.ofProject(id);
    pages.push(await anne.open('/dossiers'), await anne.open(`/dossiers/${referral?.id}`));
    const marie = await door.signedIn('marie');
    pages.push(await marie.open(`/pilotage/projets/${id}`));

    // A mail server that refuses, and quotes whom.
    const refused = Object.assign(new Error('550 5.1.1 <zephyrine@example.com>: Zéphyrine unknown'), {
      responseCode: 451,
    });
    const mailing = desk.with({ transport: { send: () => Promise.reject(refused) } });
    for (const delivery of await desk.parts.deliveries.ofProject(id))
      await mailing.sendDelivery(delivery.id).catch(() => undefined);
    await desk.services.sweep();
  });

  it('writes lines, none of which holds who it is or what the project is about', () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it('leaves ids and hashes in Redis, for queues and limits, and nothing else', async () => {
    expect(found(await wholeRedis())).toEqual([]);
  });

  it('leads to no address that names the person', () => {
    expect(pages.length).toBe(8);
    for (const page of pages) expect([page.url, found(addressesIn(page).join(' '))]).toEqual([page.url, []]);
  });
});

it('a fault of the store that quotes a person shows on no page and in no line; its kind, code and place do', async () => {
  const broken = await openDoor({ ...desk, app: createApp(failing(), desk.sessions, desk.config) });
  const before = lines.length;
  const marie = await broken.signedIn('marie');
  const page = await marie.open('/pilotage/a-orienter');
  await broken.close();
  expect([page.status, found(page.html.outerHTML)]).toEqual([500, []]);
  const told = lines.slice(before).filter((line) => line.includes('request failed'));
  expect(told).toHaveLength(1);
  expect(found(told.join())).toEqual([]);
  expect(JSON.parse(told[0] ?? '{}')).toMatchObject({
    err: { type: 'Error', code: 11000, message: 'E11000 dup key: …' },
  });
  expect(told[0]).toContain('noPersonalData.test');
});
