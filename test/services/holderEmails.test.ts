import type { EmailId } from '../../src/domain/emails/catalogue.js';
import type { Answers } from '../../src/domain/questionnaire/answers.js';
import type { Parts } from '../../src/services/parts.js';
import { aSubmission } from '../support/aSubmission.js';
import { deliveryOf, hire } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true });
});
afterEach(() => desk.stop());

const submit = async (submission = aSubmission()) =>
  (await desk.services.submitProject({ visitor: desk.parts.newId(), submission })).project;

const send = async (project: string, email: EmailId) =>
  desk.services.sendDelivery((await deliveryOf(desk, project, email)).id);
const received = () => desk.mailbox?.messages() ?? [];

const failing = (message: string, permanent = false): Pick<Parts, 'transport'> => ({
  transport: { send: () => Promise.reject(Object.assign(new Error(message), { permanent })) },
});

describe('in English', () => {
  it('the receipt says who calls, by when and why, to who answered in English', async () => {
    const project = await submit(aSubmission({ language: 'en', facts: { title: 'A cutlery workshop' } }));
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    const [email] = received();
    expect(email?.subject).toBe(`Your project “A cutlery workshop” (${project.reference})`);
    const text = email?.text.replaceAll('\u00a0', ' ') ?? '';
    expect(text).toContain('Someone will call you before Wednesday 25 November, 6 pm.');
    expect(text).toContain('Your main need is “industry of the future”');
    expect(text).toContain('- The steps of your production that take you the most time');
    expect(email?.html).toContain('<html lang="en">');
  });

  it('its advisor reads French', async () => {
    await hire(desk, 'anne');
    const project = await submit(aSubmission({ language: 'en' }));
    expect(await send(project.id, 'advisor-new-project')).toBe('sent');
    const [email] = received();
    expect(email?.subject).toBe(`Projet ${project.reference}\u00a0: ${project.facts.title}`);
    expect(email?.html).toContain('<html lang="fr">');
    expect(email?.text).toContain('Un nouveau projet vous attend');
  });
});

describe('a questionnaire not sent yet', () => {
  const VISITOR = 'a visitor';
  const TUESDAY = new Date('2026-11-24T09:30:00+01:00');
  const contact: Answers['contact'] = {
    name: 'Camille R.',
    email: 'camille@example.org',
    phone: null,
    when: [],
    consent: 'yes',
  };
  const sendDue = async (): Promise<string[]> => {
    const due = await desk.parts.deliveries.due(desk.clock.now);
    return Promise.all(due.map((id) => desk.services.sendDelivery(id)));
  };
  const draftOf = async () => (await desk.parts.drafts.read(VISITOR))?.id ?? '';
  const begin = () => desk.services.saveDraft(VISITOR, { avancement: { stage: 'idea' } }, 'en');

  it('is resumed by the link that was asked for, in the language of its answers', async () => {
    await begin();
    await desk.services.askToResume(VISITOR, 'asked@example.org', 'en');
    expect(await sendDue()).toEqual(['sent']);
    const [email] = received();
    expect(email?.to).toEqual([{ address: 'asked@example.org', name: '' }]);
    expect(email?.subject).toBe('The link to continue your project');
    const [, token = ''] = /\/reprendre\/(\S+)/.exec(email?.text ?? '') ?? [];
    const link = await desk.parts.links.open('resume', token, desk.clock.now);
    expect(link).toEqual({ subject: await draftOf(), state: 'open' });
  });

  it('is reminded of once, a business day later, however often a link was asked for', async () => {
    await begin();
    for (const email of ['first@example.org', 'second@example.org'])
      await desk.services.askToResume(VISITOR, email, 'en');
    await desk.services.saveDraft(VISITOR, { contact }, 'en');
    await sendDue();
    desk.clock.now = TUESDAY;
    expect(await sendDue()).toEqual(['sent']);
    const nudges = received().filter(({ subject }) => subject === 'Your project has not been sent yet');
    expect(nudges.map(({ to }) => to[0]?.address)).toEqual(['second@example.org']);
    await desk.services.askToResume(VISITOR, 'third@example.org', 'en');
    desk.clock.now = new Date('2026-11-27T09:30:00+01:00');
    await sendDue();
    expect(received().filter(({ subject }) => subject === 'Your project has not been sent yet')).toHaveLength(1);
  });

  it('is reminded of at the address of its answers when no link was asked for', async () => {
    await desk.services.saveDraft(VISITOR, { contact }, 'fr');
    desk.clock.now = TUESDAY;
    expect(await sendDue()).toEqual(['sent']);
    expect(received()[0]?.to).toEqual([{ address: 'camille@example.org', name: 'Camille R.' }]);
    expect(received()[0]?.subject).toBe('Votre projet n’est pas encore envoyé');
  });

  it('is not reminded of once it was sent, nor once it is gone', async () => {
    await hire(desk, 'boss', 'manager', null);
    await desk.services.saveDraft(VISITOR, { contact }, 'fr');
    await desk.services.submitProject({ visitor: VISITOR, submission: aSubmission() });
    await desk.services.saveDraft('another', { contact }, 'fr');
    await desk.services.startOver('another');
    desk.clock.now = TUESDAY;
    await sendDue();
    expect(received().filter(({ subject }) => subject.includes('pas encore envoyé'))).toHaveLength(0);
  });
});

describe('a project that its holder ends', () => {
  const tokenOf = (project: string) => desk.parts.links.create({ purpose: 'follow-up', project }, MONDAY);

  it('by withdrawing, gets no receipt any more; its advisor is told', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await desk.services.withdrawProject(await tokenOf(project.id), { reason: 'solved', words: null });
    expect(await send(project.id, 'holder-receipt')).toBe('cancelled');
    expect(await send(project.id, 'advisor-new-project')).toBe('cancelled');
    expect(await send(project.id, 'advisor-withdrawn')).toBe('sent');
    expect(received()[0]?.text).toContain('J’ai trouvé une solution');
  });

  it('by erasing, is told so at its last address, which is then forgotten', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await desk.services.eraseProject(await tokenOf(project.id));
    expect((await deliveryOf(desk, project.id, 'holder-erased')).lastAddress).toBe('camille@example.org');
    expect(await send(project.id, 'holder-erased')).toBe('sent');
    expect(received()[0]?.to[0]?.address).toBe('camille@example.org');
    expect((await deliveryOf(desk, project.id, 'holder-erased')).lastAddress).toBeNull();
    expect(await send(project.id, 'advisor-withdrawn')).toBe('sent');
    expect(received()[1]?.text).toContain(`Le projet ${project.reference} est retiré, et ses données sont effacées.`);
  });

  it('forgets that address too when the server refuses it for good', async () => {
    const project = await submit();
    await desk.services.eraseProject(await tokenOf(project.id));
    const { id } = await deliveryOf(desk, project.id, 'holder-erased');
    expect(await desk.with(failing('550 no such user', true)).sendDelivery(id)).toBe('given up');
    expect((await deliveryOf(desk, project.id, 'holder-erased')).lastAddress).toBeNull();
  });
});
