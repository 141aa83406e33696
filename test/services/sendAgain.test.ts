import type { EmailId } from '../../src/domain/emails/catalogue.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { Conflict, Forbidden, NotFound, TooMany } from '../../src/errors.js';
import { arrivals } from '../support/arrivals.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const TIME = 'a-time-of-its-own';
const MARKED = { at: MONDAY, because: '550 5.1.1 unknown' };

let desk: Desk;
let here: ReturnType<typeof arrivals>;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY, limits: true });
  await addStaff(desk);
  here = arrivals(desk);
});
afterEach(() => desk.stop());

const [anne, chloe, marie, admin] = (['anne', 'chloe', 'marie', 'admin'] as const).map(staffMember) as [
  ReturnType<typeof staffMember>,
  ReturnType<typeof staffMember>,
  ReturnType<typeof staffMember>,
  ReturnType<typeof staffMember>,
];

const emailsOf = (project: string, email: EmailId) =>
  desk.parts.deliveries.ofProject(project).then((all) => all.filter((each) => each.email === email));

const leaves = async (project: string, email: EmailId): Promise<string> => {
  const id = (await emailsOf(project, email))[0]?.id ?? '';
  await desk.parts.deliveries.markSent(id, { at: MONDAY, messageId: `<${id}@localhost>`, response: '250 ok' });
  return id;
};

const arrives = async (submission = aSubmission()) => {
  const { id, project } = await here.arrives(submission);
  return { project, referral: (await desk.parts.referrals.byId(id)) as Referral };
};

describe('an e-mail of a project, once more', () => {
  it('is owed at once as a copy of its own, once a time however often it is asked', async () => {
    const { project, referral } = await arrives();
    const receipt = await leaves(project, 'holder-receipt');
    const [first, second] = await Promise.all([1, 2].map(() => here.services.sendAgain(anne, receipt, TIME)));
    expect(first).toEqual({ project, ownReferral: referral.id });
    expect(second).toEqual(first);
    const all = await emailsOf(project, 'holder-receipt');
    expect(all).toHaveLength(2);
    const copy = all.find(({ id }) => id !== receipt);
    expect(copy).toMatchObject({
      due: MONDAY,
      sentAt: null,
      audience: 'holder',
      about: { kind: 'project', id: project },
    });
    expect(copy?.occasion.endsWith(`~${TIME}`)).toBe(true);
    await here.services.sendAgain(anne, receipt, `${TIME}-later`);
    expect(await emailsOf(project, 'holder-receipt')).toHaveLength(3);
  });

  it('goes to the queue', async () => {
    const told: string[][] = [];
    const services = desk.with({
      enqueue: async (ids) => {
        told.push(ids);
        return true;
      },
    });
    const { project } = await arrives();
    await services.sendAgain(anne, await leaves(project, 'holder-receipt'), TIME);
    const copy = (await emailsOf(project, 'holder-receipt')).find(({ occasion }) => occasion.includes('~'));
    expect(told).toEqual([[copy?.id]]);
  });

  it('is not asked for while the first one is still owed, nor once it is no longer wanted', async () => {
    const { project, referral } = await arrives();
    const [owed] = await emailsOf(project, 'holder-receipt');
    await expect(here.services.sendAgain(anne, owed?.id ?? '', TIME)).rejects.toThrow(/pas encore parti/);
    const reminder = await leaves(project, 'advisor-new-project');
    await here.services.takeReferral({ id: referral.id, version: referral.version, by: anne });
    const refusal = here.services.readSendAgain(anne, reminder);
    await expect(refusal).rejects.toThrow(Conflict);
    await expect(refusal).rejects.toThrow(/le projet n’est plus à prendre/);
    await expect(here.services.sendAgain(anne, reminder, TIME)).rejects.toThrow(Conflict);
    expect(await emailsOf(project, 'advisor-new-project')).toHaveLength(1);
  });

  it('is of no use without an address, or to one that does not receive', async () => {
    const bare = await arrives(
      aSubmission({ contact: { name: 'Camille R.', email: '', phone: '06 39 98 12 34', when: [] } }),
    );
    const said = await leaves(bare.project, 'holder-receipt');
    await expect(here.services.readSendAgain(anne, said)).rejects.toThrow(/pas d’adresse/);
    const { project } = await arrives();
    const receipt = await leaves(project, 'holder-receipt');
    await desk.parts.projects.model.updateOne({ _id: project }, { $set: { mailRefused: MARKED } });
    await expect(here.services.readSendAgain(anne, receipt)).rejects.toThrow(/ne reçoit pas/);
    // To its own people it still leaves.
    const own = await leaves(project, 'advisor-new-project');
    expect((await here.services.readSendAgain(anne, own)).partner).toBe('ti-tiltam');
  });

  it('is for who has the project, and for managers', async () => {
    const { project, referral } = await arrives();
    const receipt = await leaves(project, 'holder-receipt');
    for (const who of [chloe, admin]) await expect(here.services.readSendAgain(who, receipt)).rejects.toThrow(NotFound);
    await expect(here.services.readSendAgain(anne, 'nothing')).rejects.toThrow(NotFound);
    expect(await here.services.readSendAgain(marie, receipt)).toMatchObject({ ownReferral: null, partner: null });
    await here.services.rerouteReferral(
      { id: referral.id, version: referral.version, by: anne },
      { to: 'cci-puy-de-dome', reason: 'other-need', words: 'La CCI connaît ce métier.' },
    );
    await expect(here.services.sendAgain(anne, receipt, TIME)).rejects.toThrow(Forbidden);
    expect((await here.services.readSendAgain(chloe, receipt)).delivery.id).toBe(receipt);
  });

  it('is never one about an account or a questionnaire', async () => {
    const planned = { audience: 'account', occasion: 'once', due: MONDAY, lastAddress: null, project: null } as const;
    const about = { kind: 'account', id: 'anne' } as const;
    const [id = ''] = await desk.parts.deliveries.plan(
      [{ ...planned, key: 'a key', email: 'account-invitation', about }],
      MONDAY,
    );
    await desk.parts.deliveries.markSent(id, { at: MONDAY, messageId: '<a@b>', response: '250' });
    await expect(here.services.readSendAgain(marie, id)).rejects.toThrow(NotFound);
  });

  it('happens five times a day for a project, no more', async () => {
    const { project } = await arrives();
    const receipt = await leaves(project, 'holder-receipt');
    for (let count = 1; count <= 5; count += 1) await here.services.sendAgain(anne, receipt, `${TIME}-${count}`);
    await expect(here.services.sendAgain(anne, receipt, `${TIME}-6`)).rejects.toThrow(TooMany);
    const other = await arrives(aSubmission({ facts: { title: 'Un autre projet' } }));
    await here.services.sendAgain(anne, await leaves(other.project, 'holder-receipt'), TIME);
  });
});

describe('what was given up', () => {
  const given = async (project: string, email: EmailId, because = '550 5.1.1 unknown') => {
    const [one] = await emailsOf(project, email);
    await desk.parts.deliveries.markFailed(one?.id ?? '', { because, final: true, at: MONDAY });
    return one?.id ?? '';
  };

  it('is owed again with all its tries; addresses that do not receive stay out', async () => {
    const told: string[] = [];
    const services = desk.with({
      enqueue: async (ids) => {
        told.push(...ids);
        return true;
      },
    });
    const marked = await arrives();
    const out = await given(marked.project, 'holder-receipt');
    await desk.parts.projects.model.updateOne({ _id: marked.project }, { $set: { mailRefused: MARKED } });
    const { project } = await arrives(aSubmission({ facts: { title: 'Un autre projet' } }));
    const again = await given(project, 'holder-receipt', 'connect ECONNREFUSED');
    const own = await given(marked.project, 'advisor-new-project', '450 try later');
    expect(await services.readRetry(admin)).toEqual({ again: 2, out: 1 });
    expect(await services.retryFailed(admin)).toBe(2);
    expect(told.toSorted()).toEqual([again, own].toSorted());
    expect(await desk.parts.deliveries.byId(again)).toMatchObject({ attempts: 0, gaveUpAt: null, due: MONDAY });
    expect((await desk.parts.deliveries.byId(out))?.gaveUpAt).toEqual(MONDAY);
    expect(await services.retryFailed(admin)).toBe(0);
    await expect(services.retryFailed(anne)).rejects.toThrow(Forbidden);
  });
});
