import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { contactKeysOf } from '../../../src/data/holderWrites.js';
import type { Store } from '../../../src/data/store.js';
import { wholeStore } from '../../../src/data/wholeStore.js';
import { readSiret } from '../../../src/domain/questionnaire/siret.js';
import { anonymise } from '../../../src/services/privacy/anonymise.js';
import { verifyFacts } from '../../../src/services/statistics/verifyFacts.js';
import { arrivals } from '../../support/arrivals.js';
import { openMigrated } from '../../support/openMigrated.js';
import { runDesk } from '../../support/runDesk.js';
import { addStaff, STAFF, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { startTestStore } from '../../support/startStore.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

/** Each written nowhere else. */
const PERSONAL = {
  name: 'Zéphyrine Quintard',
  email: 'zephyrine.quintard@example.com',
  phone: '06 12 00 98 76',
  organisation: 'Coutellerie Quintessence',
  siret: '73282932000074',
  link: 'https://alambic.example.com',
  title: 'Un alambic de poche',
  summary: 'Distiller la gentiane au buron',
  sector: 'travail des alambics',
  message: 'Je serai au buron jeudi',
  words: 'Elle veut distiller seule',
  note: 'Sa sœur a repris la ferme',
  place: 'Buron de Chamalière',
  mailbox: 'accueil.secret@example.com',
};

let desk: Desk;
let copy: Store;
let target: Awaited<ReturnType<typeof startTestStore>>;
let references: string[];

const wholeOf = (parts: unknown): ReturnType<typeof wholeStore> =>
  wholeStore((parts as { connection: Connection }).connection);
const copyTo = (to: Store) =>
  anonymise({ from: wholeOf(desk.parts), to: wholeOf(to), territory: desk.parts.territory, keysOf: contactKeysOf });

/** The collections in which a value is written. */
const whereWritten = async (store: ReturnType<typeof wholeStore>, value: string): Promise<string[]> => {
  const found: string[] = [];
  for (const name of await store.filled())
    for await (const records of store.read(name))
      if (JSON.stringify(records).toLowerCase().includes(value.toLowerCase())) found.push(name);
  return found;
};

beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  const here = arrivals(desk);
  const { name, email, phone, organisation, siret, link, title, summary, sector } = PERSONAL;
  const asked = (field: string, value: string) => ({ step: 'projet', field, question: 'Quoi ?', value, answer: value });
  const arrived = await here.arrives({
    organisation,
    siret,
    link,
    contact: { name, email, phone, when: [] },
    answers: [
      ...Object.entries({ title, summary, link, organisation, siret, name, email, phone }).map((one) => asked(...one)),
      { ...asked('sector', 'other'), answer: sector },
      asked('otherSector', sector),
    ],
    facts: { title, summary, sector },
  });
  const by = staffMember('anne');
  await here.services.addMessage(arrived.token, PERSONAL.message);
  await here.services.takeReferral({ id: arrived.id, version: 1, by });
  const at = new Date('2026-11-26T10:00:00+01:00');
  await here.services.bookAppointment(
    { id: arrived.id, version: 2, by },
    { at, minutes: 60, kind: 'visit', place: PERSONAL.place },
  );
  await here.services.addNote(by, arrived.id, { id: 'note-of-anne', text: PERSONAL.note });
  const helped = await here.arrives();
  await here.services.takeReferral({ id: helped.id, version: 1, by });
  await here.services.closeReferral(
    { id: helped.id, version: 2, by },
    { outcome: 'helped', help: 'advice', words: PERSONAL.words },
  );
  const erased = await here.arrives();
  await here.services.eraseProject(erased.token);
  const settings = await desk.parts.partnerSettings.read('ti-tiltam');
  await desk.parts.partnerSettings.save('ti-tiltam', 0, { ...settings, mailbox: PERSONAL.mailbox }, { by: 'lea', at });
  await desk.services.refreshFacts();
  references = (await desk.parts.projects.model.find().lean()).map(({ reference }) => reference);
  target = await startTestStore(() => MONDAY);
  copy = await openMigrated(target.uri);
  await copyTo(copy);
});
afterAll(async () => {
  await copy.close();
  await Promise.all([desk.stop(), target.stop()]);
});

it('holds nobody of the original: no name, address, number, title, text, SIRET, page or reference', async () => {
  const staff = Object.values(STAFF).map((one) => one.name);
  const addresses = Object.keys(STAFF).map((id) => `${id}@example.org`);
  for (const value of [...Object.values(PERSONAL), ...staff, ...addresses, ...references]) {
    expect([value, await whereWritten(wholeOf(desk.parts), value)]).not.toEqual([value, []]);
    expect([value, await whereWritten(wholeOf(copy), value)]).toEqual([value, []]);
  }
});

it('lets nobody in, and nothing leaves', async () => {
  const filled = await wholeOf(copy).filled();
  for (const name of ['sessions', 'links', 'deliveries', 'drafts', 'auditLines', 'inbox'])
    expect(filled).not.toContain(name);
  const accounts = await copy.accounts.model.find().lean();
  expect(accounts).toHaveLength(Object.keys(STAFF).length);
  expect(accounts.filter(({ passwordHash }) => passwordHash !== '')).toEqual([]);
});

it('is one person within a project, with a SIRET, a title and words to search that are its own', async () => {
  const project = (await copy.projects.model.find({ siret: { $ne: null } }).lean())[0];
  const { name = '', email = '' } = project?.contact ?? {};
  const answered = Object.fromEntries((project?.answers ?? []).map(({ field, value }) => [field, value]));
  expect(answered).toMatchObject({ name, email, title: project?.facts.title, siret: project?.siret });
  expect(readSiret(project?.siret ?? '')).toEqual({ siret: project?.siret });
  expect((await copy.projects.byEmail(email ?? '', new Date(0))).map(({ id }) => id)).toEqual([project?._id]);
  const [referral] = await copy.referrals.ofProject(project?._id ?? '');
  expect(referral?.about).toMatchObject({ title: project?.facts.title, reference: project?.reference });
  expect(referral?.about.words).toContain('projet');
});

it('has the same figures, which its own events make', async () => {
  const figures = async (store: Pick<Store, 'cells' | 'projectFacts'>) => ({
    cells: JSON.stringify(await store.cells.model.find().sort({ _id: 1 }).lean()),
    rows: (await store.projectFacts.model.find().sort({ _id: 1 }).lean()).map((row) => ({ ...row, reference: '' })),
  });
  expect(await figures(copy)).toEqual(await figures(desk.parts));
  const parts = { ...copy, territory: desk.parts.territory, clock: () => MONDAY };
  expect((await verifyFacts(parts)())?.differences).toEqual([]);
});

it('is written into an empty store only', async () => {
  await expect(copyTo(copy)).rejects.toThrow('n’est pas vide');
});

describe('desk anonymise', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'desk-copy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const data = path.join(folder, 'copy');

  test('copies into a new folder, once, and never onto itself', async () => {
    const from = { MONGODB_URL: (desk.config as { mongodbUrl: string }).mongodbUrl };
    const made = await runDesk(['anonymise', '--data', data], from);
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('Copie faite : projets 3, comptes 8.')]);
    const again = await runDesk(['anonymise', '--data', data], from);
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('n’est pas vide')]);
    const itself = await runDesk(['anonymise', '--to', from.MONGODB_URL], from);
    expect([itself.status, itself.stderr]).toEqual([2, expect.stringContaining('C’est la base que l’on copie')]);
    const nowhere = await runDesk(['anonymise'], from);
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining('donnez --to ou --data')]);
  });
});
