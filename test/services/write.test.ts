import type { Account } from '../../src/domain/referrals/access.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { Conflict, Invalid } from '../../src/errors.js';
import { arrivals } from '../support/arrivals.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const TUESDAY = new Date('2026-11-24T10:00:00+01:00');
const anne = staffMember('anne');
const WORDS = 'Un webinaire a lieu jeudi à 18 h.';

let desk: Desk;
let arrive: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  arrive = arrivals(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(() => desk.stop());

const read = async (id: string): Promise<Referral> => (await desk.parts.referrals.byId(id)) as Referral;
const seen = async (id: string, by: Account = anne) => ({ id, version: (await read(id)).version, by });
const emailsOf = async (project: string, email: string) =>
  (await desk.parts.deliveries.ofProject(project)).filter((one) => one.email === email);

describe('a message to the holder', () => {
  it('is kept apart from its event, owes one e-mail, and moves neither state nor due date', async () => {
    const { id, project } = await arrive.arrives();
    const before = await read(id);
    await arrive.services.writeToHolder(await seen(id), { words: `  ${WORDS}  ` });
    const after = await read(id);
    expect([after.state, after.callBy, after.asked]).toEqual([before.state, before.callBy, null]);
    const event = (await desk.parts.events.ofProject(project)).at(-1);
    expect(event).toMatchObject({ type: 'written', before: 'waiting', after: 'waiting', actor: { account: 'anne' } });
    expect(JSON.stringify(event)).not.toContain('webinaire');
    expect(after.notes).toEqual([{ id: event?.note, text: WORDS }]);
    const [email, ...more] = await emailsOf(project, 'holder-message');
    expect([email?.about.id, email?.due, more]).toEqual([id, MONDAY, []]);
  });

  it('is not taken empty, nor once the project has ended', async () => {
    const { id } = await arrive.arrives();
    await expect(arrive.services.writeToHolder(await seen(id), { words: ' \n' })).rejects.toThrow(Invalid);
    await arrive.services.takeReferral(await seen(id));
    await arrive.services.writeToHolder(await seen(id), { words: WORDS });
    await arrive.services.closeReferral(await seen(id), { outcome: 'no_solution', help: null, words: null });
    await expect(arrive.services.writeToHolder(await seen(id), { words: WORDS })).rejects.toThrow(Conflict);
  });

  it('is forgotten with the project', async () => {
    const { id, token } = await arrive.arrives();
    await arrive.services.writeToHolder(await seen(id), { words: WORDS });
    expect((await arrive.services.ownData(token))?.partnerWords).toEqual([WORDS]);
    await arrive.services.eraseProject(token);
    expect(JSON.stringify(await read(id))).not.toContain('webinaire');
  });
});

describe('when the partner’s people last did something', () => {
  it('is kept of each act of theirs', async () => {
    const { id } = await arrive.arrives();
    expect((await read(id)).actedAt).toBeNull();
    await arrive.services.takeReferral(await seen(id));
    expect((await read(id)).actedAt).toEqual(MONDAY);
    desk.clock.now = TUESDAY;
    await arrive.services.writeToHolder(await seen(id), { words: WORDS });
    expect((await read(id)).actedAt).toEqual(TUESDAY);
  });

  it('stays when the holder answers, or puts something right', async () => {
    const { id, token } = await arrive.arrives();
    await arrive.services.takeReferral(await seen(id));
    await arrive.services.askHolder(await seen(id), { question: 'Combien de salariés ?' });
    desk.clock.now = TUESDAY;
    await arrive.services.addMessage(token, 'Trois.');
    const contact = { name: 'Camille Roux', email: 'camille@example.org', phone: null, when: [] };
    await arrive.services.correctContact(token, contact);
    const { actedAt, changedAt, asked } = await read(id);
    expect([asked, changedAt, actedAt]).toEqual([null, TUESDAY, MONDAY]);
  });
});
