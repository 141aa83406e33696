import request from 'supertest';
import { lastLink, sendAll } from '../../support/lastLink.js';
import { addStaff, type Door, openDoor, PASSWORD, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const NEW_PASSWORD = 'quatre mots sans aucun lien';

const FROM = { address: '192.0.2.1', browser: 'a' };

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ mailbox: true });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const asks = async (address: string, from: string) => {
  const visitor = door.visitor();
  const sent = await visitor.send(await visitor.open(from), { email: address });
  await sendAll(desk);
  return sent;
};
const linkFor = async (address: string, from: string): Promise<string> => {
  await asks(address, from);
  return lastLink(desk, address);
};

describe.each([
  ['/connexion/lien', 'Se connecter sans mot de passe'],
  ['/mot-de-passe-perdu', 'Mot de passe oublié'],
])('asking for a link at %s', (address, title) => {
  it('is offered where people sign in', async () => {
    const page = await door.visitor().open('/connexion');
    expect(page.html.querySelector(`main a[href="${address}"]`)).not.toBeNull();
    expect((await door.visitor().open(address)).text).toContain(title);
  });

  it('answers the same whether there is an account or not', async () => {
    const known = await asks('anne@example.org', address);
    const unknown = await asks('nobody@example.org', address);
    expect(known.url).toBe(`${door.base}${address}?envoye=1`);
    expect(known.text).toContain('Si cette adresse a un compte');
    expect([unknown.url, unknown.text]).toEqual([known.url, known.text]);
    const reached = desk.mailbox?.messages().flatMap(({ to }) => to.map((each) => each.address));
    expect(reached).toContain('anne@example.org');
    expect(reached).not.toContain('nobody@example.org');
  });

  it('says what to do when no address is written', async () => {
    const page = await asks('anne', address);
    expect(page.status).toBe(422);
    expect(page.text).toContain('Écrivez l’adresse e-mail de votre compte');
    expect(page.html.querySelector('#email')?.getAttribute('value')).toBe('anne');
  });
});

describe('a link to sign in', () => {
  it('signs in by a button, once; opening it any number of times changes nothing', async () => {
    const link = await linkFor('anne@example.org', '/connexion/lien');
    for (let i = 0; i < 3; i += 1) expect((await door.visitor().open(link)).text).toContain('Bonjour Anne D.');
    const visitor = door.visitor();
    const entered = await visitor.send(await visitor.open(link), {});
    expect(entered.url).toBe(`${door.base}/dossiers`);
    const again = await door.visitor().open(link);
    expect(again.status).toBe(410);
    expect(again.text).toContain('Ce lien a déjà servi');
    expect(again.html.querySelector('main a.button')?.getAttribute('href')).toBe('/connexion/lien');
  });

  it('tells the slower of two browsers that it has served', async () => {
    const link = await linkFor('anne@example.org', '/connexion/lien');
    const [first, second] = [door.visitor(), door.visitor()];
    const pages = [await first.open(link), await second.open(link)] as const;
    await first.send(pages[0], {});
    const late = await second.send(pages[1], {});
    expect([late.status, late.text.includes('Ce lien a déjà servi')]).toEqual([410, true]);
    expect((await second.open('/dossiers')).url).toContain('/connexion');
  });

  it('gives a new session, and no page that a cache or a search engine keeps', async () => {
    const link = await linkFor('anne@example.org', '/connexion/lien');
    const agent = request.agent(desk.app);
    const page = await agent.get(link).expect(200);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
    const entered = await agent.post(link).type('form').send({ _csrf: token }).expect(303);
    const before = /visiteur=([^;]+)/.exec(page.headers['set-cookie']?.toString() ?? '')?.[1];
    const after = /visiteur=([^;]+)/.exec(entered.headers['set-cookie']?.toString() ?? '')?.[1];
    expect(after).toBeTruthy();
    expect(after).not.toBe(before);
  });

  it('is refused without the token of the form, and still serves', async () => {
    const link = await linkFor('anne@example.org', '/connexion/lien');
    await request(desk.app).post(link).expect(403);
    expect((await door.visitor().open(link)).status).toBe(200);
  });

  it('that never was is not found, in French for who reads English too', async () => {
    const page = await request(desk.app)
      .get(`/connexion/lien/${'A'.repeat(43)}`)
      .set('Accept-Language', 'en')
      .expect(404);
    expect(page.text).toContain('Ce lien n’ouvre rien');
  });
});

describe('a lost password', () => {
  const chooses = async (link: string, password: string) => {
    const visitor = door.visitor();
    return { visitor, page: await visitor.send(await visitor.open(link), { password }) };
  };

  it('is replaced, its owner signed in, and every other session of the account ended', async () => {
    const before = await door.signedIn('lea');
    const anne = await door.signedIn('anne');
    expect((await before.open('/dossiers')).url).toBe(`${door.base}/dossiers`);
    const link = await linkFor('lea@example.org', '/mot-de-passe-perdu');
    const { visitor, page } = await chooses(link, NEW_PASSWORD);
    expect(page.url).toBe(`${door.base}/dossiers`);
    expect((await before.open('/dossiers')).url).toContain('/connexion');
    expect((await anne.open('/dossiers')).url).toBe(`${door.base}/dossiers`);
    expect((await visitor.open('/equipe')).url).toBe(`${door.base}/equipe`);
    expect(await desk.services.signIn({ email: 'lea@example.org', password: PASSWORD }, FROM)).toBeNull();
    expect(await desk.services.signIn({ email: 'lea@example.org', password: NEW_PASSWORD }, FROM)).not.toBeNull();
    expect((await door.visitor().open(link)).status).toBe(410);
  });

  it.each([
    ['nothing', '', 'Choisissez un mot de passe d’au moins 12 caractères.'],
    ['eleven signs', 'onze signes', 'Choisissez un mot de passe d’au moins 12 caractères.'],
    ['two signs over and over', 'abababababababab', 'Ce mot de passe se devine vite'],
    ['205 signs', 'x1y2z'.repeat(41), '200 caractères au plus'],
  ])('may not be %s, which is never shown again; the link still serves', async (_what, password, said) => {
    const link = await linkFor('paul@example.org', '/mot-de-passe-perdu');
    const { page } = await chooses(link, password);
    expect(page.status).toBe(422);
    expect(page.text).toContain(said);
    expect(page.html.querySelector('#password')?.getAttribute('value')).toBe('');
    expect(page.html.querySelector('#password')?.getAttribute('type')).toBe('password');
    expect((await chooses(link, NEW_PASSWORD)).page.status).toBe(200);
  });
});

describe('an invitation', () => {
  it('leads who was invited to a password, and in', async () => {
    await desk.parts.accounts.model.updateOne({ _id: 'admin' }, { $set: { passwordHash: 'nobody knows' } });
    const token = await desk.parts.links.create({ purpose: 'invitation', account: 'admin' }, desk.clock.now);
    const visitor = door.visitor();
    const page = await visitor.open(`/invitation/${token}`);
    expect(page.text).toContain('Bonjour Alix N., votre compte est ouvert.');
    await visitor.send(page, { password: NEW_PASSWORD });
    expect(await desk.services.signIn({ email: 'admin@example.org', password: NEW_PASSWORD }, FROM)).not.toBeNull();
  });

  it('that has expired says how to get another link', async () => {
    const longAgo = new Date(desk.clock.now.getTime() - 8 * 24 * 3600_000);
    const token = await desk.parts.links.create({ purpose: 'invitation', account: 'bruno' }, longAgo);
    const page = await door.visitor().open(`/invitation/${token}`);
    expect(page.status).toBe(410);
    expect(page.html.querySelector('main a.button')?.getAttribute('href')).toBe('/mot-de-passe-perdu');
  });
});

describe('asking for links too often', () => {
  let strict: Desk;
  let gate: Door;
  beforeAll(async () => {
    strict = await startDesk({ limits: true });
    await addStaff(strict);
    gate = await openDoor(strict);
  });
  afterAll(async () => {
    await gate.close();
    await strict.stop();
  });
  const asksAgain = async (address: string) => {
    const visitor = gate.visitor();
    return visitor.send(await visitor.open('/connexion/lien'), { email: address });
  };

  it('changes nothing in the answer for one address, but no more leaves', async () => {
    for (let i = 0; i < 6; i += 1) expect((await asksAgain('anne@example.org')).status).toBe(200);
    expect(await strict.parts.deliveries.due(strict.clock.now)).toHaveLength(4);
  });

  it('is refused from one place for a while, in French', async () => {
    for (let i = 0; i < 14; i += 1) await asksAgain(`nobody${i}@example.org`);
    const refused = await asksAgain('marie@example.org');
    expect([refused.status, refused.text.includes('Trop d’envois à la suite')]).toEqual([429, true]);
  });
});

it('signing in by hand still works beside all this', async () => {
  const { answer } = await signInByHand(desk, 'marie');
  expect(answer.headers['location']).toBe('/pilotage');
});
