import type { Store } from '../../src/data/store.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openMigrated(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const run = (args: string[]) =>
  runDesk(['users', ...args], {
    MONGODB_URL: embedded.uri,
    SESSION_SECRETS: 'a secret for tests only and long enough',
  });
const advisor = ['invite', 'Camille.R@example.org', '--name', 'Camille R.', '--role', 'advisor'];
const owed = async () => Promise.all((await store.deliveries.due(new Date())).map((id) => store.deliveries.byId(id)));

describe('desk users', () => {
  test('invites the first administrator by a link by e-mail: nobody knows any password', async () => {
    const { status, stdout, stderr } = await run(['invite', 'noa@example.org', '--name', 'Noa T.', '--role', 'admin']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Compte ouvert pour Noa T. (administration).');
    expect(stdout).toContain('L’invitation part par e-mail');
    expect(stdout).not.toMatch(/mot de passe/i);
    const invited = await store.accounts.managedByEmail('noa@example.org');
    expect(invited).toMatchObject({ role: 'admin', partner: null, active: true, isAwaited: true });
    expect(await owed()).toMatchObject([{ email: 'account-invitation', about: { kind: 'account', id: invited?.id } }]);
  });

  test('shows the link instead, once, when asked to', async () => {
    const { status, stdout } = await run([...advisor, '--partner', 'cci-allier', '--link']);
    expect(status).toBe(0);
    expect(stdout).toContain('Compte ouvert pour Camille R. (conseil, cci-allier).');
    const secret = /montré une seule fois : http:\/\/localhost:3000\/invitation\/(\S+)/.exec(stdout)?.[1] ?? '';
    const account = await store.accounts.managedByEmail('camille.r@example.org');
    expect(await store.links.open('invitation', secret, new Date())).toEqual({ subject: account?.id, state: 'open' });
    expect(await owed()).toHaveLength(1);
  });

  test('refuses a second account for the same address', async () => {
    const { status, stdout, stderr } = await run([...advisor, '--partner', 'cci-allier']);
    expect([status, stdout, stderr.trim()]).toEqual([2, '', 'L’adresse camille.r@example.org a déjà un compte.']);
  });

  test('lists who has an account, and closes one, which then is listed as closed', async () => {
    expect((await run(['list'])).stdout.trim().split('\n')).toEqual([
      'camille.r@example.org\tCamille R.\tconseil, cci-allier\tinvitation envoyée',
      'noa@example.org\tNoa T.\tadministration\tinvitation envoyée',
    ]);
    const closed = await run(['close', 'camille.r@example.org']);
    expect([closed.status, closed.stderr]).toEqual([0, '']);
    expect(closed.stdout).toContain('Compte de Camille R. fermé.');
    expect((await run(['list'])).stdout).toContain('Camille R.\tconseil, cci-allier\tfermé');
    const acts = (await store.auditLines.model.find({}).lean()).map(({ act }) => act);
    expect(acts).toEqual(['account-invited', 'account-invited', 'account-closed']);
  });

  test('does not close the last administrator', async () => {
    const { status, stderr } = await run(['close', 'noa@example.org']);
    expect([status, stderr.trim()]).toEqual([
      2,
      'C’est le dernier compte d’administration. Invitez d’abord une autre personne.',
    ]);
  });

  test.each([
    [['invite', 'x@example.org', '--name', 'X', '--role', 'chef'], 'Le rôle « chef » n’existe pas'],
    [['invite', 'x@example.org', '--name', 'X', '--role', 'advisor'], 'a besoin d’un partenaire : cci-puy-de-dome'],
    [['invite', 'x@example.org', '--name', 'X', '--role', 'advisor', '--partner', 'le-bivouac'], 'n’existe pas'],
    [['invite', 'x@example.org', '--name', 'X', '--role', 'admin', '--partner', 'cci-allier'], 'pas de partenaire'],
    [['invite', 'nobody', '--name', 'X', '--role', 'manager'], '« nobody » n’est pas une adresse e-mail'],
    [['invite', 'x@example.org', '--name', ' ', '--role', 'manager'], 'Donnez le nom'],
    [['close', 'x@example.org'], 'Aucun compte n’a l’adresse x@example.org.'],
    [['invite', 'x@example.org'], 'Usage : users invite ADRESSE'],
    [['invite', 'x@example.org', '--boss'], 'Usage : users invite ADRESSE'],
    [['remove'], 'Usage : users invite ADRESSE'],
    [[], 'Usage : users invite ADRESSE'],
  ])('says what to correct in %j', async (args, sentence) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});
