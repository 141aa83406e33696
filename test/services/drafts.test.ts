import type { Answers } from '../../src/domain/questionnaire/answers.js';
import { aSubmission } from '../support/aSubmission.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const DAY = 24 * 3600 * 1000;
const CONTACT: Required<Answers>['contact'] = {
  name: 'Camille R.',
  email: 'camille@example.org',
  phone: null,
  when: [],
  consent: 'yes',
};

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
});
afterAll(() => desk.stop());
afterEach(() => {
  desk.clock.now = MONDAY;
});

const water = { besoins: { needs: ['water' as const] } };
const idOf = async (visitor: string): Promise<string> => (await desk.parts.drafts.read(visitor))?.id ?? '';
const emailsOf = async (draft: string): Promise<string[]> => {
  const rows = await desk.parts.deliveries.model.find({ 'about.id': draft }).sort({ due: 1 }).lean();
  return rows.map(({ email }) => email);
};
const linkTo = async (visitor: string): Promise<string> =>
  desk.parts.links.create({ purpose: 'resume', draft: await idOf(visitor) }, desk.clock.now);

describe('a draft', () => {
  it('is one, even begun in two tabs at once', async () => {
    await Promise.all([
      desk.services.saveDraft('tabs', water),
      desk.services.saveDraft('tabs', { avancement: { stage: 'growth' } }),
      desk.services.saveDraft('tabs', { vous: { holderKind: 'company' } }),
    ]);
    expect(Object.keys(await desk.services.readDraft('tabs')).sort()).toEqual(['avancement', 'besoins', 'vous']);
    expect(await desk.parts.drafts.model.countDocuments({ 'answers.vous': { $exists: true } })).toBe(1);
  });

  it('holds no secret of a browser', async () => {
    await desk.services.saveDraft('secret-cookie', water);
    expect(JSON.stringify(await desk.parts.drafts.model.find().lean())).not.toContain('secret-cookie');
  });

  it('remembers the first entry link by which its holder came, and gives it to whoever submits it', async () => {
    await desk.services.keepChannel('by-poster', 'salon-2027', 'fr');
    await desk.services.saveDraft('by-poster', water);
    await desk.services.keepChannel('by-poster', 'cci', 'fr');
    expect(await desk.parts.drafts.read('by-poster')).toMatchObject({ channel: 'salon-2027', answers: water });
  });

  it('becomes one project, sent from two devices at once', async () => {
    await desk.services.saveDraft('phone', water);
    expect(await desk.services.resumeDraft(await linkTo('phone'), 'laptop')).toBe(true);
    const send = (visitor: string) => desk.services.submitProject({ visitor, submission: aSubmission() });
    const sent = await Promise.all([send('phone'), send('laptop'), send('phone')]);
    const again = await send('laptop');
    expect(new Set([...sent, again].map(({ project }) => project.id)).size).toBe(1);
    expect(await desk.services.readDraft('phone')).toEqual({});
    expect(await desk.services.reopenReceipt('laptop')).not.toBeNull();
  });

  it('is followed by another one, of its own, once it was sent', async () => {
    await desk.services.saveDraft('twice', water);
    const first = await desk.services.submitProject({ visitor: 'twice', submission: aSubmission() });
    await desk.services.saveDraft('twice', water);
    const second = await desk.services.submitProject({ visitor: 'twice', submission: aSubmission() });
    expect(second.project.id).not.toBe(first.project.id);
  });

  it('is gone for every device when its holder starts over', async () => {
    await desk.services.saveDraft('mine', water);
    const link = await linkTo('mine');
    await desk.services.startOver('mine');
    expect(await desk.services.readResumeLink(link, 'other')).toEqual({ state: 'expired' });
    expect(await desk.services.readDraft('mine')).toEqual({});
  });
});

describe('a link to resume', () => {
  it('opens the draft on another device as often as one likes, and changes nothing when it is only read', async () => {
    await desk.services.saveDraft('here', water);
    const link = await linkTo('here');
    expect(await desk.services.readResumeLink(link, 'there')).toMatchObject({ state: 'open', own: null });
    expect(await desk.services.readDraft('there')).toEqual({});
    for (const visitor of ['there', 'there', 'third'])
      expect(await desk.services.resumeDraft(link, visitor)).toBe(true);
    await desk.services.saveDraft('there', { avancement: { stage: 'idea' } });
    expect(await desk.services.readDraft('here')).toEqual({ ...water, avancement: { stage: 'idea' } });
    expect(await idOf('third')).toBe(await idOf('here'));
  });

  it('takes the device off the draft that it had, which is forgotten when nobody else can open it', async () => {
    await desk.services.saveDraft('left', water);
    const left = await idOf('left');
    await desk.services.saveDraft('wanted', { besoins: { needs: ['energy'] } });
    const link = await linkTo('wanted');
    expect(await desk.services.readResumeLink(link, 'left')).toMatchObject({ state: 'open', own: { id: left } });
    await desk.services.resumeDraft(link, 'left');
    expect(await desk.services.readDraft('left')).toEqual({ besoins: { needs: ['energy'] } });
    expect(await desk.parts.drafts.byId(left)).toBeNull();
  });

  it('is unknown, expired, or ended by the sending, and says which', async () => {
    await desk.services.saveDraft('slow', water);
    const link = await linkTo('slow');
    expect(await desk.services.readResumeLink(`${link.slice(0, -1)}_`, 'x')).toEqual({ state: 'unknown' });
    desk.clock.now = new Date(MONDAY.getTime() + 29 * DAY);
    expect((await desk.services.readResumeLink(link, 'x')).state).toBe('open');
    desk.clock.now = new Date(MONDAY.getTime() + 30 * DAY);
    expect(await desk.services.readResumeLink(link, 'x')).toEqual({ state: 'expired' });
    expect(await desk.services.resumeDraft(link, 'x')).toBe(false);
    await desk.services.submitProject({ visitor: 'slow', submission: aSubmission() });
    expect(await desk.services.readResumeLink(link, 'x')).toEqual({ state: 'sent' });
  });
});

describe('the e-mails of a draft', () => {
  it('are a link each time it is asked for, and one nudge whatever asks for it', async () => {
    await desk.services.saveDraft('asks', water);
    expect(await desk.services.askToResume('asks', 'camille@example.org', 'en')).toBe(true);
    await desk.services.saveDraft('asks', { contact: CONTACT });
    await desk.services.saveDraft('asks', { contact: CONTACT });
    await desk.services.askToResume('asks', 'camille@example.net', 'fr');
    expect(await emailsOf(await idOf('asks'))).toEqual(['holder-resume', 'holder-resume', 'holder-nudge']);
    expect(await desk.parts.drafts.read('asks')).toMatchObject({ email: 'camille@example.net', language: 'fr' });
  });

  it('are only the nudge, a business day later, when the last step is answered', async () => {
    await desk.services.saveDraft('stops', { ...water, contact: CONTACT });
    const [row] = await desk.parts.deliveries.model.find({ 'about.id': await idOf('stops') }).lean();
    expect(row).toMatchObject({ email: 'holder-nudge', project: null });
    expect(row?.due.getTime()).toBeGreaterThan(MONDAY.getTime() + DAY / 4);
    expect(JSON.stringify(row)).not.toContain('example.org');
  });

  it('are not owed for nothing', async () => {
    expect(await desk.services.askToResume('nobody', 'camille@example.org', 'fr')).toBe(false);
  });

  it('carry a link that opens the draft; the nudge stays unsent once the project is', async () => {
    await desk.services.saveDraft('mailed', { ...water, contact: CONTACT });
    await desk.services.askToResume('mailed', 'camille@example.org', 'en');
    const sent: { to: object; text: string }[] = [];
    const services = desk.with({
      transport: {
        send: async ({ to, text, messageId }) => {
          sent.push({ to, text });
          return { messageId, response: 'ok' };
        },
      },
    });
    const rows = await desk.parts.deliveries.model.find({ 'about.id': await idOf('mailed') }).lean();
    const idOfEmail = (email: string): string => rows.find((row) => row.email === email)?._id ?? '';
    expect(await services.sendDelivery(idOfEmail('holder-resume'))).toBe('sent');
    const secret = /reprendre\/([\w-]+)/.exec(sent[0]?.text ?? '')?.[1] ?? '';
    expect(JSON.stringify(sent[0]?.to)).toContain('camille@example.org');
    expect((await desk.services.readResumeLink(secret, 'elsewhere')).state).toBe('open');

    await desk.services.submitProject({ visitor: 'mailed', submission: aSubmission() });
    desk.clock.now = new Date(MONDAY.getTime() + 2 * DAY);
    expect(await services.sendDelivery(idOfEmail('holder-nudge'))).toBe('cancelled');
    expect(sent).toHaveLength(1);
  });
});
