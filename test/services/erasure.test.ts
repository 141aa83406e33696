import type { Connection } from 'mongoose';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const LATER = new Date('2026-11-26T09:30:00+01:00');
const anne = staffMember('anne');
const marie = staffMember('marie');

/** Words that are nowhere else than in this project. */
const PERSONAL = ['Zéphyrine', 'zephyrine', '06 39 98 77 66', 'Coutellerie Quintessence', '73282932000074', 'alambic'];
const submission = aSubmission({
  organisation: 'Coutellerie Quintessence',
  siret: '73282932000074',
  link: 'https://alambic.example',
  contact: { name: 'Zéphyrine R.', email: 'Zephyrine@example.org', phone: '06 39 98 77 66', when: [] },
  answers: [{ step: 'projet', field: 'title', question: 'Quoi ?', value: 'Un alambic', answer: 'Un alambic' }],
  facts: { title: 'Un alambic', summary: 'Un alambic pour la lame', sector: 'travail des alambics et des métaux' },
});

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(() => desk.stop());

let visitors = 0;
const sends = async () => {
  visitors += 1;
  const visitor = `holder-${visitors}`;
  await services.saveDraft(visitor, {}, 'fr');
  const { project, token } = await services.submitProject({ visitor, submission });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0];
  return { id: project.id, token, referral: referral?.id ?? '' };
};

/** Every record of the store that holds one of these words, but the last e-mail, which goes once more to the address. */
const whereWritten = async (words: string[]): Promise<string[]> => {
  const found: string[] = [];
  const { models } = (desk.parts as unknown as { connection: Connection }).connection;
  for (const [collection, model] of Object.entries(models)) {
    for (const record of await model.find().lean()) {
      const text = JSON.stringify(record);
      if ((record as unknown as { email?: string }).email === 'holder-erased') continue;
      for (const word of words) if (text.includes(word)) found.push(`${collection}: ${word}`);
    }
  }
  return found;
};

it('leaves nothing of the person in the store; codes that figures count stay', async () => {
  const { id, token, referral } = await sends();
  await services.addMessage(token, 'Je suis Zéphyrine');
  const mailRefused = { at: MONDAY, because: '550 Zéphyrine ?' };
  await desk.parts.projects.model.updateOne({ _id: id }, { $set: { mailRefused } });
  await services.declineReferral(
    { id: referral, version: 1, by: anne },
    { reason: 'other', words: 'Zéphyrine a un alambic' },
  );
  expect(await whereWritten(PERSONAL)).not.toEqual([]);

  await services.eraseProject(token);

  expect(await whereWritten(PERSONAL)).toEqual([]);
  const project = await desk.parts.projects.byId(id);
  expect(project).toMatchObject({ state: 'withdrawn', erasedAt: MONDAY, withdrawnAt: MONDAY });
  expect(project?.facts).toMatchObject({ needs: submission.facts.needs, commune: '63430', title: '', sector: null });
  expect(await desk.parts.projects.countMailRefused()).toBe(0);
  expect(await desk.parts.projects.byEmail('zephyrine@example.org', new Date(0))).toEqual([]);
});

it('keeps a sector of the closed list, which names nobody', async () => {
  visitors += 1;
  const answers = [{ step: 'activite', field: 'sector', question: '?', value: 'metal', answer: 'Métaux' }];
  const listed = { ...submission, answers, facts: { ...submission.facts, sector: 'Métaux' } };
  await services.saveDraft(`holder-${visitors}`, {}, 'fr');
  const { project, token } = await services.submitProject({ visitor: `holder-${visitors}`, submission: listed });
  await services.eraseProject(token);
  expect((await desk.parts.projects.byId(project.id))?.facts.sector).toBe('Métaux');
});

it('is done once: a second click changes nothing', async () => {
  const { id, token } = await sends();
  await Promise.all([services.eraseProject(token), services.eraseProject(token)]);
  await services.eraseProject(token);
  const events = await desk.parts.events.ofProject(id);
  expect(events.filter(({ type }) => type === 'erased')).toHaveLength(1);
});

it('cancels the e-mails owed, and owes one last to the old address', async () => {
  const { id, token } = await sends();
  await services.eraseProject(token);
  const owed = (await desk.parts.deliveries.ofProject(id)).filter((each) => !each.sentAt && !each.cancelledBecause);
  expect(owed.map(({ email, lastAddress }) => [email, lastAddress])).toEqual([
    ['advisor-withdrawn', null],
    ['holder-erased', 'Zephyrine@example.org'],
  ]);
});

it('is completed by the sweep after a crash, and nothing personal was left meanwhile but the last address', async () => {
  const { id, token } = await sends();
  const failing = { ...desk.parts.links, revoke: async () => Promise.reject(new Error('crash')) };
  const crashing = desk.with({ enqueue: async () => true, links: failing });
  await expect(crashing.eraseProject(token)).rejects.toThrow('crash');
  expect((await desk.parts.projects.byId(id))?.contact.name).toBe('');
  expect((await desk.parts.deliveries.ofProject(id)).some(({ email }) => email === 'holder-erased')).toBe(false);

  desk.clock.now = LATER;
  await services.sweep();
  const owed = (await desk.parts.deliveries.ofProject(id)).filter(({ email }) => email === 'holder-erased');
  expect(owed.map(({ lastAddress }) => lastAddress)).toEqual(['Zephyrine@example.org']);
  expect(await whereWritten(PERSONAL)).toEqual([]);
});

it('what an advisor writes at the same time is forgotten too; no manager can send it on', async () => {
  const { id, token, referral } = await sends();
  const words = 'Zéphyrine rappelle';
  await Promise.allSettled([
    services.eraseProject(token),
    services.declineReferral({ id: referral, version: 1, by: anne }, { reason: 'other', words }),
  ]);
  expect(await whereWritten(PERSONAL)).toEqual([]);
  const choice = { partner: 'ti-tiltam', reason: 'from-text' } as const;
  await expect(services.sendToPartner(marie, id, choice)).rejects.toThrow('effacer ses données');
});

it('a partner brought in at the same time gets nothing of what is erased', async () => {
  const { token, referral } = await sends();
  const insert: Desk['parts']['referrals']['insert'] = async (...written) => {
    await services.eraseProject(token);
    return desk.parts.referrals.insert(...written);
  };
  const slow = desk.with({ enqueue: async () => true, referrals: { ...desk.parts.referrals, insert } });
  const act = slow.bringInPartner({ id: referral, version: 1, by: anne }, { partner: 'cci-puy-de-dome' });
  await expect(act).rejects.toThrow('effacer ses données');
  expect(await whereWritten(PERSONAL)).toEqual([]);
});

it('a message shared at the same time is forgotten by the sweep when its process died before', async () => {
  const { token, referral } = await sends();
  await services.bringInPartner({ id: referral, version: 1, by: anne }, { partner: 'cci-puy-de-dome' });
  const share: Desk['parts']['referrals']['share'] = async (...written) => {
    await services.eraseProject(token);
    return desk.parts.referrals.share(...written);
  };
  const forgetNotes = async () => Promise.reject(new Error('killed'));
  const referrals = { ...desk.parts.referrals, share, forgetNotes };
  const dying = desk.with({ enqueue: async () => true, referrals });
  const message = { id: 'message-too-late', text: 'Zéphyrine rappelle' };
  await expect(dying.shareMessage(anne, referral, message)).rejects.toThrow('killed');
  expect(await whereWritten(PERSONAL)).toEqual(['Referral: Zéphyrine']);

  desk.clock.now = LATER;
  await services.sweep();
  expect(await whereWritten(PERSONAL)).toEqual([]);
});

it('a lost link: its e-mails are owed once an hour, none for an unknown address', async () => {
  const { id } = await sends();
  for (let asked = 0; asked < 10; asked += 1) await services.sendLinkAgain('ZEPHYRINE@example.org');
  const again = async () =>
    (await desk.parts.deliveries.ofProject(id)).filter(({ email }) => email === 'holder-link-again').length;
  expect(await again()).toBe(1);
  desk.clock.now = LATER;
  await services.sendLinkAgain('zephyrine@example.org');
  expect(await again()).toBe(2);
  const before = await desk.parts.deliveries.model.countDocuments({});
  await services.sendLinkAgain('nobody@example.org');
  expect(await desk.parts.deliveries.model.countDocuments({})).toBe(before);
});

it('leaves no draft behind, even when the desk stopped between keeping the project and emptying the draft', async () => {
  visitors += 1;
  const visitor = `holder-${visitors}`;
  const contact = { ...submission.contact, email: 'gustavine@example.org' };
  await services.saveDraft(visitor, { contact: { ...contact, consent: 'yes' } }, 'fr');
  const stopping = desk.with({
    enqueue: async () => true,
    drafts: { ...desk.parts.drafts, finishAll: () => Promise.reject(new Error('stopped')) },
  });
  await expect(stopping.submitProject({ visitor, submission: { ...submission, contact } })).rejects.toThrow('stopped');
  const [project] = await desk.parts.projects.byEmail('gustavine@example.org', new Date(0));
  const link = { purpose: 'follow-up', project: project?.id ?? '' } as const;

  await services.eraseProject(await desk.parts.links.create(link, MONDAY));

  expect(await whereWritten(['gustavine'])).toEqual([]);
});

it('an e-mail that fails while the data are erased is not owed again', async () => {
  const { id, token } = await sends();
  const mailing = desk.with({
    enqueue: async () => true,
    transport: {
      async send() {
        await services.eraseProject(token);
        throw new Error('try later');
      },
    },
  });
  const receipt = async () =>
    (await desk.parts.deliveries.ofProject(id)).find(({ email }) => email === 'holder-receipt');
  await expect(mailing.sendDelivery((await receipt())?.id ?? '')).rejects.toThrow('to be tried again');
  expect(await receipt()).toMatchObject({ cancelledBecause: 'erased', failedBecause: null });
  expect(await mailing.sendDelivery((await receipt())?.id ?? '')).toBe('not due');
});
