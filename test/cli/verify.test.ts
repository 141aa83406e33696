import { MongoClient } from 'mongodb';
import { loadDemonstration } from '../../src/services/demonstration/loadDemonstration.js';
import { INVARIANT_IDS } from '../../src/services/verify/invariants.js';
import { runDesk } from '../support/runDesk.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
let client: MongoClient;
let projects: number;
beforeAll(async () => {
  desk = await startDesk();
  client = await MongoClient.connect(desk.config.mongodbUrl);
  await loadDemonstration(desk.parts, { until: new Date(), password: () => 'a long enough password', size: 12 });
  projects = await raw('projects').countDocuments();
});
afterAll(async () => {
  await client.close();
  await desk.stop();
});

const SETTINGS = { SESSION_SECRETS: 'a secret for tests only and long enough' };
const verify = (...args: string[]) =>
  runDesk(['verify', '--pause', '0', ...args], { ...SETTINGS, MONGODB_URL: desk.config.mongodbUrl });
const raw = (name: string) => client.db().collection<{ _id: string }>(name);

describe('desk verify', () => {
  test('finds nothing in the demonstration, and says how much it looked at', async () => {
    const { status, stdout, stderr } = await verify();
    expect([stderr, stdout, status]).toEqual([
      '',
      `Règles vérifiées : ${INVARIANT_IDS.length}, projets : ${projects}. Aucune différence.\n`,
      0,
    ]);
  });

  test('names what is wrong, and leaves it; --repair puts right what the desk can, and says what a person decides', async () => {
    const late = await raw('deliveries').findOne({ email: 'holder-receipt' } as object);
    await raw('deliveries').deleteOne({ _id: late?._id ?? '' });
    await raw('referrals').updateOne({ state: 'helped' } as object, { $set: { basket: 'nowhere' } } as object);
    const told = await verify();
    expect([told.status, told.stderr]).toEqual([1, 'Ce qui n’est pas comme il faut : 2.\n']);
    expect(told.stdout).toMatch(/^referral-place {2}\S+ {2}à revoir : panier$/m);
    expect(told.stdout).toMatch(/^email-missing {2}\S+ holder-receipt {2}message holder-receipt jamais prévu$/m);
    expect(told.stdout).toContain('une personne décide');
    expect(told.stdout).toContain('--repair : les suites de l’acte sont reprises');

    const repaired = await verify('--repair');
    expect([repaired.status, repaired.stderr]).toEqual([1, 'Ce qui n’est pas comme il faut : 1.\n']);
    expect(repaired.stdout).toContain('Réparé : 1, les suites de l’acte sont reprises.');
    expect(await raw('deliveries').countDocuments({ key: (late as { key?: string } | null)?.key } as object)).toBe(1);

    const { status, stdout } = await verify('--json', '--only', 'referral-place,email-missing');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      clean: false,
      projects,
      findings: [{ invariant: 'referral-place', severity: 'wrong', repairable: false, what: 'à revoir : panier' }],
    });
    await raw('referrals').updateOne({ basket: 'nowhere' } as object, { $set: { basket: 'clotures' } } as object);
  });

  test('says at most fifty findings one by one, and counts the rest', async () => {
    const links = Array.from({ length: 80 }, (_, index) => ({
      _id: `alone-${index}`,
      purpose: 'follow-up',
      project: `nowhere-${index}`,
      createdAt: new Date(),
      expiresAt: null,
      revokedAt: null,
    }));
    await raw('links').insertMany(links);
    const { stdout } = await verify('--only', 'link-nowhere');
    expect(stdout.match(/^link-nowhere {2}/gm)).toHaveLength(50);
    expect(stdout).toContain('Un lien mène à un projet : 80 (à effacer ; --repair : ce qui ne mène');
    const repaired = await verify('--only', 'link-nowhere', '--repair', '--json');
    expect([repaired.status, JSON.parse(repaired.stdout)]).toMatchObject([
      0,
      { clean: true, repaired: { 'link-nowhere': 80 } },
    ]);
  });

  test.each([
    [['--unknown'], 'une option n’existe pas'],
    [['--only', 'nothing'], 'n’est pas une règle'],
    [['--pause', '999'], 'de 0 à 60 secondes'],
  ])('refuses %j', async (args, words) => {
    const { status, stderr } = await verify(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
