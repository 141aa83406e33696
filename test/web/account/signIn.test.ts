import request from 'supertest';
import { localPath } from '../../../src/web/account/localPath.js';
import { addStaff, type Door, openDoor, PASSWORD, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const tries = async (email: string, password: string, suite = '') => {
  const visitor = door.visitor();
  const page = await visitor.open(`/connexion${suite}`);
  return visitor.send(page, { email, password });
};

describe('signing in', () => {
  it('leads advisors to their queue and managers to the figures', async () => {
    expect((await tries('Anne@example.org ', PASSWORD)).url).toBe(`${door.base}/dossiers`);
    expect((await tries('marie@example.org', PASSWORD)).url).toBe(`${door.base}/pilotage`);
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    const wrong = await tries('anne@example.org', 'another password');
    const unknown = await tries('nobody@example.org', PASSWORD);
    expect(wrong.status).toBe(422);
    expect(unknown.status).toBe(422);
    const said = 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux.';
    expect(wrong.text).toContain(said);
    expect(unknown.text.replace('nobody', 'anne')).toBe(wrong.text);
  });

  it('shows what is missing beside each field, and never the password again', async () => {
    const page = await tries('', '');
    expect(page.status).toBe(422);
    expect(page.html.querySelector('#email-error')?.text).toContain('Écrivez votre adresse e-mail.');
    expect(page.html.querySelector('#password-error')?.text).toContain('Écrivez votre mot de passe.');
    const half = await tries('', 'a secret that was typed');
    expect(half.html.toString()).not.toContain('a secret that was typed');
    expect(half.html.querySelector('#password')?.getAttribute('type')).toBe('password');
  });

  it('comes back to the page that was asked for', async () => {
    const visitor = door.visitor();
    const page = await visitor.open('/dossiers?panier=clotures');
    expect(page.url).toContain('/connexion?suite=%2Fdossiers%3Fpanier%3Dclotures');
    const after = await visitor.send(page, { email: 'anne@example.org', password: PASSWORD });
    expect(after.url).toBe(`${door.base}/dossiers?panier=clotures`);
  });

  it('gives a new session and a new browser secret', async () => {
    const { page, answer } = await signInByHand(desk, 'anne');
    const before = page.headers['set-cookie']?.toString() ?? '';
    const cookies = answer.headers['set-cookie']?.toString() ?? '';
    expect(cookies).toMatch(/session=/);
    expect(/visiteur=([^;]+)/.exec(cookies)?.[1]).toBeTruthy();
    expect(/visiteur=([^;]+)/.exec(cookies)?.[1]).not.toBe(/visiteur=([^;]+)/.exec(before)?.[1]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is refused without the token of the form', async () => {
    await request(desk.app)
      .post('/connexion')
      .type('form')
      .send({ email: 'anne@example.org', password: PASSWORD })
      .expect(403);
  });

  it('ends in the store when signing out: the old cookie opens nothing', async () => {
    const { agent, answer, tokenIn } = await signInByHand(desk, 'anne');
    const cookies = answer.headers['set-cookie'] as unknown as string[];
    const page = await agent.get('/dossiers').expect(200);
    expect(page.text).toContain('Anne D.');
    await agent
      .post('/deconnexion')
      .type('form')
      .send({ _csrf: tokenIn(page.text) })
      .expect(303);
    expect((await agent.get('/connexion?fait=deconnexion')).text).toContain('Votre session est fermée.');
    const old = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
    await request(desk.app).get('/dossiers').set('Cookie', old).expect(303);
  });
});

describe('the page to come back to', () => {
  it.each(['/dossiers', '/pilotage?periode=2026-T4', '/dossiers/abc/prendre-en-charge'])('%s', (address) => {
    expect(localPath(address)).toBe(address);
  });

  it.each([
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/ /evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'dossiers',
  ])('is not %j', (address) => {
    expect(localPath(address)).toBeNull();
  });
});
