import { parse } from 'node-html-parser';
import request from 'supertest';
import { atProvider, identityProvider } from '../../support/identityProvider.js';
import { addStaff, hire, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const verified = (email: string) => ({ email, email_verified: true });
/** Who signs in at the provider. `anne-later`: somebody who was given Anne's address after her. */
const PEOPLE = {
  anne: { sub: 'p-anne', claims: verified('Anne@example.org') },
  moved: { sub: 'p-anne', claims: verified('anne.new-name@example.org') },
  'anne-later': { sub: 'p-later', claims: verified('anne@example.org') },
  bruno: { sub: 'p-bruno', claims: { email: 'bruno@example.org', email_verified: false } },
  chloe: { sub: 'p-chloe', claims: { email: 'chloe@example.org' } },
  nobody: { sub: 'p-nobody', claims: verified('nobody@example.org') },
  'gil-weak': { sub: 'p-gil', claims: verified('gil@example.org'), amr: ['pwd'], acr: 'eidas1' },
  'gil-strong': { sub: 'p-gil', claims: verified('gil@example.org'), amr: ['pwd', 'otp'] },
  'gil-level': { sub: 'p-gil', claims: verified('gil@example.org'), acr: 'eidas2' },
};
type Who = keyof typeof PEOPLE;

let desk: Desk;
let provider: Awaited<ReturnType<typeof identityProvider>>;

beforeAll(async () => {
  provider = await identityProvider(PEOPLE);
  desk = await startDesk({ settings: provider.settingsFor('desk') });
  await addStaff(desk);
  await hire(desk, 'gil', 'manager', null);
});
afterAll(async () => {
  await provider.stop();
  await desk.stop();
});

const browser = (of: Desk = desk) => request.agent(of.app);
type Browser = ReturnType<typeof browser>;
const titleOf = ({ text }: { text: string }): string => parse(text).querySelector('h1')?.text ?? '';

const leave = async (agent: Browser, suite = ''): Promise<string> => {
  const page = await agent.get(`/connexion?suite=${encodeURIComponent(suite)}`);
  const button = parse(page.text)
    .querySelectorAll('main a')
    .find(({ text }) => text === 'Se connecter avec ProConnect');
  const { headers } = await agent.get(button?.getAttribute('href') ?? '').expect(303);
  return String(headers['location']);
};
const signInAs = async (who: Who, agent = browser(), suite = '') =>
  agent.get(await atProvider().comeBack(await leave(agent, suite), `as/${who}`));

describe('before the provider answers', () => {
  it('the desk has started, says that the provider is away, and goes on as soon as it is there', async () => {
    const away = await browser().get('/connexion/organisation').expect(503);
    expect(titleOf(away)).toBe('ProConnect ne répond pas');
    await provider.start();
    const back = await browser().get('/connexion/organisation').expect(303);
    expect(back.headers['location']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/auth\?/);
  });
});

describe('leaving for the provider', () => {
  it('asks for a code, with a state, a nonce and a challenge of this browser alone', async () => {
    const [one, two] = await Promise.all([browser(), browser()].map(async (agent) => new URL(await leave(agent))));
    const asked = Object.fromEntries(one?.searchParams ?? []);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:3000/connexion/organisation/retour',
      claims: '{"id_token":{"amr":null,"acr":null}}',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(asked[name]).toMatch(/^[\w-]{43}$/);
      expect(two?.searchParams.get(name)).not.toBe(asked[name]);
    }
  });

  it('by a link of another site shows our own page first', async () => {
    const sent = browser().get('/connexion/organisation?suite=/equipe').set('Sec-Fetch-Site', 'cross-site');
    expect((await sent.expect(303)).headers['location']).toBe('/connexion?suite=%2Fequipe');
  });
});

describe('coming back', () => {
  it('opens the account that has the address, and the page that was asked for', async () => {
    const agent = browser();
    expect((await signInAs('anne', agent, '/equipe/absences')).headers['location']).toBe('/equipe/absences');
    expect((await agent.get('/dossiers').expect(200)).text).toContain('Anne D.');
  });

  it('leads to no other site afterwards', async () => {
    expect((await signInAs('anne', browser(), '//elsewhere.example.org')).headers['location']).toBe('/dossiers');
  });

  it('goes by the provider’s own name from then on: an address that changes does not matter, one taken over opens nothing', async () => {
    expect((await signInAs('moved')).headers['location']).toBe('/dossiers');
    const later = await signInAs('anne-later');
    expect([later.status, titleOf(later)]).toEqual([403, 'Ce compte est déjà celui d’une autre personne']);
  });

  it.each<[Who, string]>([
    ['nobody', 'Aucun compte ouvert n’a votre adresse e-mail'],
    ['bruno', 'ProConnect ne garantit pas votre adresse e-mail'],
    ['chloe', 'ProConnect ne garantit pas votre adresse e-mail'],
  ])('lets %s in nowhere, and makes no account', async (who, title) => {
    const before = await desk.parts.accounts.model.countDocuments();
    const agent = browser();
    const answer = await signInAs(who, agent);
    expect([answer.status, titleOf(answer)]).toEqual([403, title]);
    await agent.get('/dossiers').expect(303);
    expect(await desk.parts.accounts.model.countDocuments()).toBe(before);
  });

  it('does not open an account that is closed', async () => {
    await signInAs('anne');
    await desk.parts.accounts.model.updateOne({ _id: 'anne' }, { $set: { active: false } });
    expect(titleOf(await signInAs('anne'))).toBe('Aucun compte ouvert n’a votre adresse e-mail');
    await desk.parts.accounts.model.updateOne({ _id: 'anne' }, { $set: { active: true } });
  });

  it.each<[Who, string]>([
    ['gil-weak', '/connexion/proteger'],
    ['gil-strong', '/pilotage'],
    ['gil-level', '/pilotage'],
  ])('%s, a manager, goes to %s: a second factor asked for by the provider counts', async (who, where) => {
    expect((await signInAs(who)).headers['location']).toBe(where);
  });

  it('says that nothing changed when the person gave up there', async () => {
    const agent = browser();
    const answer = await agent.get(await atProvider().comeBack(await leave(agent), 'abort'));
    expect([answer.status, titleOf(answer)]).toEqual([403, 'La connexion par ProConnect n’a pas été menée au bout']);
  });
});

describe('an answer that does not go with this browser', () => {
  const REFUSED = [403, 'Cette connexion n’a pas abouti'];
  const answerFor = async (agent: Browser, who: Who = 'anne') => atProvider().comeBack(await leave(agent), `as/${who}`);
  const seen = async (agent: Browser, address: string) => {
    const answer = await agent.get(address);
    return [answer.status, titleOf(answer)];
  };

  it('is refused where nobody left, and where somebody left with another state', async () => {
    const theirs = await answerFor(browser());
    expect(await seen(browser(), theirs)).toEqual(REFUSED);
    const mine = browser();
    await leave(mine);
    expect(await seen(mine, theirs)).toEqual(REFUSED);
    await mine.get('/dossiers').expect(303);
  });

  it('is refused with the right state and the code of somebody else', async () => {
    const theirs = new URL(await answerFor(browser(), 'moved'), 'http://here.invalid');
    const mine = browser();
    const own = new URL(await answerFor(mine), 'http://here.invalid');
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect(await seen(mine, own.pathname + own.search)).toEqual(REFUSED);
  });

  it('is refused the second time', async () => {
    const agent = browser();
    const address = await answerFor(agent);
    await agent.get(address).expect(303);
    expect(await seen(agent, address)).toEqual(REFUSED);
    expect(await seen(browser(), address)).toEqual(REFUSED);
  });

  it('is refused when it comes too late', async () => {
    const agent = browser();
    const address = await answerFor(agent);
    const { now } = desk.clock;
    desk.clock.now = new Date(now.getTime() + 16 * 60_000);
    expect(await seen(agent, address)).toEqual(REFUSED);
    desk.clock.now = now;
  });

  it.each(['', '?code=&state=', '?state[]=a&state[$gt]=&code[$ne]=x', '?error=%3Cscript%3E&state=x', '?code=a&code=b'])(
    '%s is refused without a fault of ours',
    async (query) => {
      const agent = browser();
      await leave(agent);
      const answer = await agent.get(`/connexion/organisation/retour${query}`);
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('<script>');
    },
  );
});

describe('a provider that goes away in between', () => {
  it('is said to be away, and nobody is signed in', async () => {
    const agent = browser();
    const address = await atProvider().comeBack(await leave(agent), 'as/anne');
    await provider.stop();
    const answer = await agent.get(address).expect(503);
    expect(titleOf(answer)).toBe('ProConnect ne répond pas');
    await agent.get('/dossiers').expect(303);
    await provider.start();
  });
});

describe('signing out', () => {
  it('ends the session here, and offers to end the one at the provider', async () => {
    const agent = browser();
    const there = atProvider();
    await agent.get(await there.comeBack(await leave(agent), 'as/anne'));
    const _csrf = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/dossiers')).text)?.[1];
    const page = await agent.post('/deconnexion').type('form').send({ _csrf }).expect(200);
    expect(titleOf(page)).toBe('Votre session est fermée ici');
    await agent.get('/dossiers').expect(303);
    const link = parse(page.text).querySelector('main a.button')?.getAttribute('href') ?? '';
    expect(Object.fromEntries(new URL(link).searchParams)).toMatchObject({
      client_id: 'desk',
      post_logout_redirect_uri: 'http://localhost:3000/connexion',
    });
    expect((await there.get(link)).status).toBe(200);
  });
});

describe('an account that is closed, then opened again', () => {
  it('goes by its address anew', async () => {
    await signInAs('anne');
    const admin = staffMember('admin');
    await desk.services.closeAccount(admin, 'anne');
    await desk.services.reopenAccount(admin, 'anne');
    expect((await signInAs('anne-later')).headers['location']).toBe('/dossiers');
    expect(titleOf(await signInAs('anne'))).toBe('Ce compte est déjà celui d’une autre personne');
  });
});

describe('without a provider', () => {
  it('nothing of it is there', async () => {
    const { services, sessions, config } = desk;
    const { createApp } = await import('../../../src/app.js');
    const app = createApp({ ...services, singleSignOn: null }, sessions, config);
    expect((await request(app).get('/connexion')).text).not.toContain('/connexion/organisation');
    await request(app).get('/connexion/organisation').expect(404);
    await request(app).get('/connexion/organisation/retour?code=a&state=b').expect(404);
  });
});

describe('a provider that signs what it says of people, as ProConnect does', () => {
  it('is believed on addresses without email_verified, and not against it', async () => {
    const signed = await startDesk({ settings: provider.settingsFor('signed') });
    await addStaff(signed);
    const signIn = async (who: Who) => {
      const agent = browser(signed);
      return agent.get(await atProvider().comeBack(await leave(agent), `as/${who}`));
    };
    expect((await signIn('chloe')).headers['location']).toBe('/dossiers');
    expect(titleOf(await signIn('bruno'))).toBe('ProConnect ne garantit pas votre adresse e-mail');
    await signed.stop();
  });
});
