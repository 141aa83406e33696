import { openStore, type Store } from '../../src/data/store.js';
import { isPassword } from '../../src/services/accounts/passwords.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openStore(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const run = (args: string[]) => runDesk(args, { MONGODB_URL: embedded.uri });
const advisor = ['account', 'Camille.R@example.org', '--name', 'Camille R.', '--role', 'advisor'];

describe('desk account', () => {
  test('opens an account on the store of MONGODB_URL, whose password works', async () => {
    const { status, stdout, stderr } = await run([...advisor, '--partner', 'cci-allier']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Compte ouvert pour Camille R. (conseil, cci-allier).');
    const password = /montré une seule fois : (\S+)/.exec(stdout)?.[1] ?? '';
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const opened = await store.accounts.byEmail('camille.r@example.org');
    expect(await isPassword(opened?.passwordHash ?? null, password)).toBe(true);
    expect(opened?.account).toMatchObject({ name: 'Camille R.', role: 'advisor', partner: 'cci-allier' });
  });

  test('opens the account of a lead', async () => {
    const lead = ['account', 'lea.m@example.org', '--name', 'Léa M.', '--role', 'lead', '--partner', 'ti-tiltam'];
    const { status, stdout } = await run(lead);
    expect(status).toBe(0);
    expect(stdout).toContain('Compte ouvert pour Léa M. (responsable chez un partenaire, ti-tiltam).');
  });

  test('invites an administrator, without a password that anybody knows', async () => {
    const admin = ['account', 'noa@example.org', '--name', 'Noa T.', '--role', 'admin', '--invite'];
    const { status, stdout, stderr } = await run(admin);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Compte ouvert pour Noa T. (administration).');
    expect(stdout).not.toContain('Mot de passe');
    expect(stdout).toContain('L’invitation part par e-mail');
    const invited = (await store.accounts.byEmail('noa@example.org'))?.account;
    const owed = await Promise.all((await store.deliveries.due(new Date())).map((id) => store.deliveries.byId(id)));
    expect(owed).toMatchObject([{ email: 'account-invitation', about: { kind: 'account', id: invited?.id } }]);
  });

  test('refuses a second account for the same address', async () => {
    const { status, stdout, stderr } = await run([...advisor, '--partner', 'cci-allier']);
    expect([status, stdout, stderr.trim()]).toEqual([2, '', 'L’adresse camille.r@example.org a déjà un compte.']);
  });

  test.each([
    [['account', 'x@example.org', '--name', 'X', '--role', 'chef'], 'Le rôle « chef » n’existe pas'],
    [['account', 'x@example.org', '--name', 'X', '--role', 'advisor'], 'a besoin d’un partenaire : cci-puy-de-dome'],
    [['account', 'x@example.org', '--name', 'X', '--role', 'advisor', '--partner', 'le-bivouac'], 'n’existe pas'],
    [['account', 'x@example.org', '--name', 'X', '--role', 'lead'], 'a besoin d’un partenaire : cci-puy-de-dome'],
    [['account', 'x@example.org', '--name', 'X', '--role', 'manager', '--partner', 'cci-allier'], 'pas de partenaire'],
    [['account', 'x@example.org', '--name', 'X', '--role', 'admin', '--partner', 'cci-allier'], 'pas de partenaire'],
    [['account', 'nobody', '--name', 'X', '--role', 'manager'], '« nobody » n’est pas une adresse e-mail'],
    [['account', 'x@example.org', '--name', ' ', '--role', 'manager'], 'Donnez le nom'],
    [['account', 'x@example.org'], 'Usage : account ADRESSE'],
    [['account'], 'Usage : account ADRESSE'],
    [['account', 'x@example.org', '--boss'], 'Usage : account ADRESSE'],
  ])('says what to correct in %j', async (args, sentence) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});
