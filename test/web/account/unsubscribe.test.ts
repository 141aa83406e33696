import request from 'supertest';
import { planAccountEmail } from '../../../src/domain/emails/planEmails.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeEach(async () => {
  desk = await startDesk();
  await addStaff(desk);
  door = await openDoor(desk);
});
afterEach(async () => {
  await door.close();
  await desk.stop();
});

const accountLink = async (account = 'anne'): Promise<string> =>
  `/desabonnement/${await desk.parts.links.create({ purpose: 'unsubscribe', account }, desk.clock.now)}`;
const wantsDigest = async (id = 'anne') => (await desk.parts.accounts.emailStateOf([id])).get(id)?.preferences.digest;

const projectLink = async (language: 'fr' | 'en' = 'fr') => {
  const submission = aSubmission({ language });
  const { project } = await desk.services.submitProject({ visitor: desk.parts.newId(), submission });
  const link = { purpose: 'no-questions', project: project.id } as const;
  const refusedAt = async () => (await desk.parts.projects.byId(project.id))?.questionsRefusedAt ?? null;
  return { address: `/desabonnement/${await desk.parts.links.create(link, desk.clock.now)}`, refusedAt };
};

describe('the unsubscribe link of a digest', () => {
  it('asks to confirm, and changes nothing by being opened', async () => {
    const link = await accountLink();
    const visitor = door.visitor();
    const page = await visitor.open(link);
    await request(desk.app).head(link).expect(200);
    expect(page.text).toContain('Les nouvelles de vos projets arriveront une par une.');
    expect(await wantsDigest()).toBe(true);
    const done = await visitor.send(page, {});
    expect([done.status, done.url]).toEqual([200, `${door.base}${link}`]);
    expect(done.text).toContain('Vous ne recevrez plus ces résumés');
    expect(done.html.querySelector('main a.button')?.getAttribute('href')).toBe('/compte/courriels');
    expect(await wantsDigest()).toBe(false);
    expect((await visitor.open(link)).text).toContain('Vous ne recevrez plus ces résumés');
  });

  it('works by one click of a mail program: no cookie, no token, no redirect', async () => {
    const link = await accountLink();
    for (let i = 0; i < 2; i += 1) {
      const answer = await request(desk.app).post(link).type('form').send('List-Unsubscribe=One-Click').expect(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await wantsDigest()).toBe(false);
  });

  it('works when the mail program sends its one field as multipart', async () => {
    const link = await accountLink('marie');
    await request(desk.app).post(link).field('List-Unsubscribe', 'One-Click').expect(200);
    expect(await wantsDigest('marie')).toBe(false);
    expect(await wantsDigest('anne')).toBe(true);
  });

  it('that has expired leads to the page where everybody chooses', async () => {
    const longAgo = new Date(desk.clock.now.getTime() - 366 * 24 * 3600_000);
    const token = await desk.parts.links.create({ purpose: 'unsubscribe', account: 'anne' }, longAgo);
    const page = await door.visitor().open(`/desabonnement/${token}`);
    expect(page.status).toBe(410);
    expect(page.html.querySelector('main a.button')?.getAttribute('href')).toBe('/compte/courriels');
    expect(await wantsDigest()).toBe(true);
  });
});

describe('a digest as it arrives', () => {
  it('names the address of one click in its headers and in its last lines; the click ends it', async () => {
    const monday = new Date('2026-11-23T09:30:00+01:00');
    const delivering = await startDesk({ at: monday, mailbox: true });
    try {
      await addStaff(delivering);
      await delivering.services.submitProject({ visitor: 'somebody', submission: aSubmission() });
      const owed = planAccountEmail({ id: 'anne' }, { which: 'advisor-digest', at: monday, occasion: '2026-11-23' });
      const [id = ''] = await delivering.parts.deliveries.plan([owed], monday);
      expect(await delivering.services.sendDelivery(id)).toBe('sent');
      const email = delivering.mailbox?.messages().at(-1);
      expect(email?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
      const [, address = ''] = /^<(.+)>$/.exec(String(email?.headers['list-unsubscribe'])) ?? [];
      expect(email?.text).toContain(address);
      const { pathname } = new URL(address);
      await request(delivering.app).post(pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
      const state = (await delivering.parts.accounts.emailStateOf(['anne'])).get('anne');
      expect(state?.preferences.digest).toBe(false);
    } finally {
      await delivering.stop();
    }
  });
});

describe('the unsubscribe link of a question to a holder', () => {
  it('asks to confirm in the language of the project, and then asks nothing more', async () => {
    const { address, refusedAt } = await projectLink('en');
    const visitor = door.visitor();
    const page = await visitor.open(address);
    expect(page.text).toContain('Stop our questions');
    expect(await refusedAt()).toBeNull();
    const done = await visitor.send(page, {});
    expect(done.text).toContain('You will get no more questions from us');
    expect(await refusedAt()).toEqual(desk.clock.now);
    expect((await visitor.open(`${address}?lang=fr`)).text).toContain('Vous ne recevrez plus nos questions');
  });

  it('works by one click', async () => {
    const { address, refusedAt } = await projectLink();
    await request(desk.app).post(address).type('form').send('List-Unsubscribe=One-Click').expect(200);
    expect(await refusedAt()).toEqual(desk.clock.now);
  });
});

describe('an unsubscribe link that never was', () => {
  it('says what to do, to holders and to staff, in both languages', async () => {
    const address = `/desabonnement/${'A'.repeat(43)}`;
    const french = await door.visitor().open(address);
    expect([french.status, french.text.includes('copiez-la en entier')]).toEqual([404, true]);
    const english = await door.visitor().open(`${address}?lang=en`);
    expect(english.text).toContain('Choose your e-mails');
    await request(desk.app).post(address).expect(404);
  });
});

it('too many clicks from one place are put off', async () => {
  const strict = await startDesk({ limits: true });
  try {
    for (let i = 0; i < 120; i += 1) await strict.services.limits.take('unsubscribes-from-address', '127.0.0.1');
    const answer = await request(strict.app)
      .post(`/desabonnement/${'A'.repeat(43)}`)
      .expect(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  } finally {
    await strict.stop();
  }
});
