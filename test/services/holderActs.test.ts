import type { Project, Referral } from '../../src/domain/referrals/referral.js';
import { Conflict, Gone, NotFound } from '../../src/errors.js';
import { anUndecidedSubmission, aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const THURSDAY = new Date('2026-11-26T09:30:00+01:00');
const anne = staffMember('anne');
const marie = staffMember('marie');

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
interface Sent {
  id: string;
  token: string;
  referral: Referral;
}
const sends = async (submission = aSubmission()): Promise<Sent> => {
  visitors += 1;
  const visitor = `holder-${visitors}`;
  await services.saveDraft(visitor, {}, 'fr');
  const { project, token } = await services.submitProject({ visitor, submission });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0];
  return { id: project.id, token, referral: referral as Referral };
};
const read = async (id: string): Promise<Project> => {
  const project = await desk.parts.projects.byId(id);
  if (!project) throw new Error('no project');
  return project;
};
const typesOf = async (id: string) => (await desk.parts.events.ofProject(id)).map(({ type }) => type);
const latestOf = async (id: string) => (await desk.parts.referrals.ofProject(id)).at(-1);
const take = ({ referral }: Sent, version = 1) => services.takeReferral({ id: referral.id, version, by: anne });
const WITHDRAWAL = { reason: 'solved', words: 'Merci à tous' } as const;

describe('a message', () => {
  it('is kept as written, and told by an event that holds none of it', async () => {
    const sent = await sends();
    expect(await services.addMessage(sent.token, 'Le <b>devis</b> est prêt')).toBe('added');
    const { messages } = await read(sent.id);
    expect(messages.map(({ text }) => text)).toEqual(['Le <b>devis</b> est prêt']);
    const event = (await desk.parts.events.ofProject(sent.id)).at(-1);
    expect(event).toMatchObject({ type: 'message-added', note: messages[0]?.id, referral: sent.referral.id });
    expect(JSON.stringify(event)).not.toContain('devis');
  });

  it('sent twice, or by two tabs at once, is kept once; two different ones are both kept', async () => {
    const sent = await sends();
    await services.addMessage(sent.token, 'Une fois');
    await services.addMessage(sent.token, 'Une fois');
    await Promise.all([services.addMessage(sent.token, 'A'), services.addMessage(sent.token, 'B')]);
    expect((await read(sent.id)).messages.map(({ text }) => text).sort()).toEqual(['A', 'B', 'Une fois']);
  });

  it('five a day, no more; the next day again', async () => {
    const sent = await sends();
    for (const text of ['1', '2', '3', '4', '5']) expect(await services.addMessage(sent.token, text)).toBe('added');
    expect(await services.addMessage(sent.token, '6')).toBe('too many today');
    desk.clock.now = THURSDAY;
    expect(await services.addMessage(sent.token, '6')).toBe('added');
  });

  it('is not taken once the project has ended, nor through a link that leads nowhere', async () => {
    const sent = await sends();
    await services.withdrawProject(sent.token, WITHDRAWAL);
    await expect(services.addMessage(sent.token, 'Encore')).rejects.toThrow(Conflict);
    await expect(services.addMessage('nothing', 'Encore')).rejects.toThrow(NotFound);
  });
});

describe('contact data', () => {
  it('are corrected, found by the new address, and the event holds none of them; the same again changes nothing', async () => {
    const sent = await sends();
    const contact = { name: 'Camille Roux', email: 'Camille.Roux@example.org', phone: null, when: [] };
    await services.correctContact(sent.token, contact);
    await services.correctContact(sent.token, contact);
    expect((await read(sent.id)).contact).toEqual(contact);
    const found = await desk.parts.projects.byEmail(' camille.roux@EXAMPLE.org ', new Date(0));
    expect(found.map(({ id }) => id)).toEqual([sent.id]);
    expect((await typesOf(sent.id)).filter((type) => type === 'contact-corrected')).toHaveLength(1);
    expect(JSON.stringify(await desk.parts.events.ofProject(sent.id))).not.toContain('Roux');
  });
});

describe('nobody called', () => {
  it('is heard once the date is past, once a business day', async () => {
    const sent = await sends();
    await expect(services.sayNobodyCalled(sent.token)).rejects.toThrow(Conflict);
    desk.clock.now = THURSDAY;
    expect(await services.sayNobodyCalled(sent.token)).toBe(true);
    expect(await services.sayNobodyCalled(sent.token)).toBe(false);
    desk.clock.now = new Date('2026-11-27T09:30:00+01:00');
    expect(await services.sayNobodyCalled(sent.token)).toBe(true);
    expect((await typesOf(sent.id)).filter((type) => type === 'nobody-called')).toHaveLength(2);
  });

  it('is heard at once when somebody has taken it in hand', async () => {
    const sent = await sends();
    await take(sent);
    expect(await services.sayNobodyCalled(sent.token)).toBe(true);
  });
});

describe('an opinion', () => {
  it('is given once the referral has ended, and may be corrected', async () => {
    const sent = await sends();
    const first = { calledBack: 'yes', useful: 'partly' } as const;
    await expect(services.answerSurvey(sent.token, first)).rejects.toThrow(Conflict);
    await take(sent);
    await services.closeReferral(
      { id: sent.referral.id, version: 2, by: anne },
      { outcome: 'helped', help: 'advice', words: null },
    );
    await services.answerSurvey(sent.token, first);
    await services.answerSurvey(sent.token, first);
    await services.answerSurvey(sent.token, { calledBack: 'yes', useful: 'yes' });
    expect((await read(sent.id)).survey).toMatchObject({ calledBack: 'yes', useful: 'yes' });
    const given = (await desk.parts.events.ofProject(sent.id)).filter(({ type }) => type === 'surveyed');
    expect(given.map(({ before, after }) => [before, after])).toEqual([
      [null, 'yes:partly'],
      ['yes:partly', 'yes:yes'],
    ]);
  });
});

describe('taking the project back', () => {
  it('ends the project and its referral, once', async () => {
    const sent = await sends();
    await services.withdrawProject(sent.token, WITHDRAWAL);
    await services.withdrawProject(sent.token, WITHDRAWAL);
    expect(await read(sent.id)).toMatchObject({ state: 'withdrawn', withdrawnAt: MONDAY });
    expect(await latestOf(sent.id)).toMatchObject({ state: 'withdrawn', closedAt: MONDAY });
    expect((await typesOf(sent.id)).filter((type) => type === 'withdrawn')).toHaveLength(1);
  });

  it('from triage: no manager can send it on any more', async () => {
    const sent = await sends(anUndecidedSubmission());
    await services.withdrawProject(sent.token, WITHDRAWAL);
    const choice = { partner: 'ti-tiltam', reason: 'from-text' } as const;
    await expect(services.sendToPartner(marie, sent.id, choice)).rejects.toThrow(Conflict);
    expect((await read(sent.id)).state).toBe('withdrawn');
  });

  it.each([1, 2, 3, 4, 5])(
    'while an advisor takes it: the holder has the last word, the advisor is told (%i)',
    async () => {
      const sent = await sends();
      const [withdrawn, taken] = await Promise.allSettled([
        services.withdrawProject(sent.token, WITHDRAWAL),
        take(sent),
      ]);
      expect(withdrawn.status).toBe('fulfilled');
      expect((await read(sent.id)).state).toBe('withdrawn');
      expect((await latestOf(sent.id))?.state).toBe('withdrawn');
      if (taken.status === 'rejected') expect(taken.reason).toBeInstanceOf(Conflict);
    },
  );

  it('between an advisor opening the sheet and taking the project: the advisor is told', async () => {
    const sent = await sends();
    const { referrals } = desk.parts;
    const late = desk.with({
      enqueue: async () => true,
      referrals: {
        ...referrals,
        transition: async (...args: Parameters<typeof referrals.transition>) => {
          await services.withdrawProject(sent.token, WITHDRAWAL);
          return referrals.transition(...args);
        },
      },
    });
    const taken = late.takeReferral({ id: sent.referral.id, version: 1, by: anne });
    await expect(taken).rejects.toThrow('La personne a retiré son projet');
    expect(await typesOf(sent.id)).not.toContain('taken');
  });

  it('when an advisor takes it between the two writes, tries again', async () => {
    const sent = await sends();
    const { referrals } = desk.parts;
    let first = true;
    const slow = desk.with({
      enqueue: async () => true,
      referrals: {
        ...referrals,
        withdraw: async (...args: Parameters<typeof referrals.withdraw>) => {
          const change = { version: 2, state: 'taken', takenBy: 'anne' };
          if (first) await referrals.model.updateOne({ _id: sent.referral.id }, { $set: change });
          first = false;
          return referrals.withdraw(...args);
        },
      },
    });
    await slow.withdrawProject(sent.token, WITHDRAWAL);
    expect(await latestOf(sent.id)).toMatchObject({ state: 'withdrawn', version: 3 });
  });

  it('after it was taken ends it too; an advisor who acts later is told', async () => {
    const sent = await sends();
    await take(sent);
    await services.withdrawProject(sent.token, WITHDRAWAL);
    expect(await latestOf(sent.id)).toMatchObject({ state: 'withdrawn', version: 3 });
    const late = services.closeReferral(
      { id: sent.referral.id, version: 2, by: anne },
      { outcome: 'helped', help: 'advice', words: null },
    );
    await expect(late).rejects.toThrow('La personne a retiré son projet');
  });

  it('while a manager sends it on: the referral that opens late is withdrawn', async () => {
    const sent = await sends(anUndecidedSubmission());
    const choice = { partner: 'ti-tiltam', reason: 'from-text' } as const;
    await Promise.allSettled([
      services.sendToPartner(marie, sent.id, choice),
      services.withdrawProject(sent.token, WITHDRAWAL),
    ]);
    expect((await read(sent.id)).state).toBe('withdrawn');
    expect([undefined, 'withdrawn']).toContain((await latestOf(sent.id))?.state);
  });

  it('is completed by the sweep when a crash comes right after the write', async () => {
    const sent = await sends();
    const crashing = desk.with({
      enqueue: async () => true,
      events: { ...desk.parts.events, appendAll: async () => Promise.reject(new Error('crash')) },
    });
    await expect(crashing.withdrawProject(sent.token, WITHDRAWAL)).rejects.toThrow('crash');
    expect((await latestOf(sent.id))?.state).toBe('waiting');
    desk.clock.now = THURSDAY;
    await services.sweep();
    expect((await latestOf(sent.id))?.state).toBe('withdrawn');
    expect(await typesOf(sent.id)).toContain('withdrawn');
  });
});

describe('the links', () => {
  it('end when one that was lost is sent again, not when it is asked for', async () => {
    const sent = await sends(
      aSubmission({ contact: { name: 'L.', email: 'lost@example.org', phone: null, when: [] } }),
    );
    const transport = { send: async () => ({ messageId: 'm', response: 'ok' }) };
    const mailing = desk.with({ enqueue: async () => true, transport });
    await mailing.sendLinkAgain('lost@example.org');
    expect((await services.followProject(sent.token))?.project.id).toBe(sent.id);
    const owed = (await desk.parts.deliveries.ofProject(sent.id)).find(({ email }) => email === 'holder-link-again');
    expect(await mailing.sendDelivery(owed?.id ?? '')).toBe('sent');
    await expect(services.followProject(sent.token)).rejects.toThrow(Gone);
  });

  it('stay open when the new one could not be sent', async () => {
    const sent = await sends(
      aSubmission({ contact: { name: 'M.', email: 'refused@example.org', phone: null, when: [] } }),
    );
    const send = () => Promise.reject(Object.assign(new Error('no such user'), { permanent: true }));
    const mailing = desk.with({ enqueue: async () => true, transport: { send } });
    await mailing.sendLinkAgain('refused@example.org');
    const owed = (await desk.parts.deliveries.ofProject(sent.id)).find(({ email }) => email === 'holder-link-again');
    expect(await mailing.sendDelivery(owed?.id ?? '')).toBe('given up');
    expect((await services.followProject(sent.token))?.project.id).toBe(sent.id);
  });

  it('of an erased project open nothing: its data are gone', async () => {
    const sent = await sends();
    await services.eraseProject(sent.token);
    expect(await services.followProject(sent.token)).toBeNull();
    await expect(services.addMessage(sent.token, 'Bonjour')).rejects.toThrow(Gone);
  });
});
