import { places } from '../../../src/delivery/places.js';
import type { OutgoingEmail } from '../../../src/delivery/transport.js';
import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import type { Parts } from '../../../src/services/parts.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { deliveryOf, hire } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const MINUTE = 60_000;
const IN_TEN_MINUTES = new Date(MONDAY.getTime() + 10 * MINUTE);
const WEDNESDAY = new Date('2026-11-25T09:30:00+01:00');

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

describe('an e-mail owed', () => {
  it('reaches the holder with the promise and a link that opens the project', async () => {
    const project = await submit();
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    const [email] = received();
    expect(email?.to).toEqual([{ address: 'camille@example.org', name: 'Camille R.' }]);
    expect(email?.text).toContain('avant mercredi 25\u00a0novembre à 18\u00a0h');
    expect(email?.headers).toMatchObject({ 'auto-submitted': 'auto-generated' });
    const [, token = ''] = /\/suivi\/(\S+)/.exec(email?.text ?? '') ?? [];
    expect((await desk.services.followProject(token))?.project.id).toBe(project.id);
  });

  it('leaves once, and its record says when, as what and with which answer', async () => {
    const project = await submit();
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    const results = await Promise.all([1, 2, 3].map(() => desk.services.sendDelivery(id)));
    expect(results.sort()).toEqual(['not due', 'not due', 'sent']);
    expect(received()).toHaveLength(1);
    expect(await deliveryOf(desk, project.id, 'holder-receipt')).toMatchObject({
      sentAt: MONDAY,
      messageId: `<${id}@localhost>`,
      response: expect.stringMatching(/^250/),
    });
    expect(received()[0]?.headers['message-id']).toBe(`<${id}@localhost>`);
  });

  it('leaves when the store knows of those before it: who dies in between leaves one in doubt', async () => {
    const projects = [await submit(), await submit(), await submit()];
    const known: number[] = [];
    const { sendDelivery } = desk.with({
      inMailTurn: places(1),
      transport: {
        send: async ({ messageId }) => {
          known.push(await desk.parts.deliveries.model.countDocuments({ sentAt: { $ne: null } }));
          return { messageId, response: '250 ok' };
        },
      },
    });
    const owed = await Promise.all(projects.map(({ id }) => deliveryOf(desk, id, 'holder-receipt')));
    expect(await Promise.all(owed.map(({ id }) => sendDelivery(id)))).toEqual(['sent', 'sent', 'sent']);
    expect(known).toEqual([0, 1, 2]);
  });

  it('is not sent before it is due, nor after its reason has gone', async () => {
    const advisor = await hire(desk, 'anne');
    const project = await submit();
    expect(await send(project.id, 'advisor-reminder')).toBe('not due');
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    await desk.services.takeReferral({ id: referral?.id ?? '', version: referral?.version ?? 0, by: advisor });
    desk.clock.now = WEDNESDAY;
    expect(await send(project.id, 'advisor-reminder')).toBe('cancelled');
    expect((await deliveryOf(desk, project.id, 'advisor-reminder')).cancelledBecause).toBe('while waiting');
    expect(received()).toHaveLength(0);
  });

  it('reminds the advisor when two business days have passed', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    desk.clock.now = WEDNESDAY;
    expect(await send(project.id, 'advisor-reminder')).toBe('sent');
    expect(received()[0]?.text).toMatch(/attend depuis lundi 23.novembre/);
  });

  it('carries the words that the advisor closed with, to the holder alone', async () => {
    const advisor = await hire(desk, 'anne');
    const project = await submit();
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    const taken = await desk.services.takeReferral({ id: referral?.id ?? '', version: 1, by: advisor });
    const seen = { id: taken.id, version: taken.version, by: advisor };
    await desk.services.closeReferral(seen, {
      outcome: 'helped',
      help: 'advice',
      words: 'Un prêt d’honneur est accordé.',
    });
    desk.clock.now = IN_TEN_MINUTES;
    expect(await send(project.id, 'holder-closed')).toBe('sent');
    expect(received()[0]?.text).toContain('Un prêt d’honneur est accordé.');
  });
});

describe('a receipt that leaves late', () => {
  it('after the partner declined, says that a person looks for another, with a link that opens the project', async () => {
    const advisor = await hire(desk, 'anne');
    const project = await submit();
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    const seen = { id: referral?.id ?? '', version: 1, by: advisor };
    await desk.services.declineReferral(seen, { reason: 'other-need', words: null });
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    const text = received()[0]?.text ?? '';
    expect(text).toContain('Votre projet est bien arrivé. Une personne cherche le bon partenaire pour vous.');
    expect(text).not.toMatch(/entre les mains|Pourquoi ce partenaire|avant \w+ \d/);
    const [, token = ''] = /\/suivi\/(\S+)/.exec(text) ?? [];
    expect((await desk.services.followProject(token))?.project.id).toBe(project.id);
  });
});

describe('the people at a partner', () => {
  const recipients = async (): Promise<string[]> => {
    const project = await submit();
    await send(project.id, 'advisor-new-project');
    return received()[0]?.to.map(({ address }) => address) ?? [];
  };

  it('are written to one by one when the project was given to one of them', async () => {
    await hire(desk, 'anne');
    await hire(desk, 'boss', 'manager', null);
    expect(await recipients()).toEqual(['anne@example.org']);
  });

  it('are all written to when it was given to nobody', async () => {
    const project = await submit();
    await hire(desk, 'anne');
    await hire(desk, 'zoe');
    await hire(desk, 'elsewhere', 'advisor', 'cci-allier');
    await send(project.id, 'advisor-new-project');
    expect(received()[0]?.to.map(({ address }) => address)).toEqual(['anne@example.org', 'zoe@example.org']);
  });

  it('are replaced by the managers when there is nobody', async () => {
    await hire(desk, 'boss', 'manager', null);
    expect(await recipients()).toEqual(['boss@example.org']);
  });

  it('being nobody at all, leave the e-mail owed', async () => {
    const project = await submit(anUndecidedSubmission());
    await expect(send(project.id, 'manager-triage')).rejects.toThrow('to be tried again');
    await hire(desk, 'boss', 'manager', null);
    expect(await send(project.id, 'manager-triage')).toBe('sent');
  });
});

describe('an appointment', () => {
  const FRIDAY = new Date('2026-11-27T14:30:00+01:00');
  const withCalendars = () => {
    const sent: OutgoingEmail[] = [];
    const send = async (email: OutgoingEmail) => {
      sent.push(email);
      return { messageId: email.messageId, response: '250 ok' };
    };
    return { sent, desk: desk.with({ transport: { send } }) };
  };
  const lineOf = (text: string | undefined, name: string): string =>
    text
      ?.replace(/\r\n[ \t]/g, '')
      .split('\r\n')
      .find((line) => line.startsWith(name)) ?? '';

  it('goes to both calendars, and out of them again under the same name with a greater number', async () => {
    const anne = await hire(desk, 'anne');
    const project = await submit();
    const id = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
    const seen = async () => ({ id, version: (await desk.parts.referrals.byId(id))?.version ?? 0, by: anne });
    const { sent, desk: calendars } = withCalendars();
    const sendNow = async (email: EmailId) => calendars.sendDelivery((await deliveryOf(desk, project.id, email)).id);

    await desk.services.takeReferral(await seen());
    await desk.services.bookAppointment(await seen(), {
      at: FRIDAY,
      minutes: 30,
      kind: 'visit',
      place: '3 rue Exemple',
    });
    expect([await sendNow('holder-appointment'), await sendNow('advisor-appointment')]).toEqual(['sent', 'sent']);
    await desk.services.cancelAppointment(await seen());
    expect(await sendNow('holder-appointment-cancelled')).toBe('sent');
    expect(await sendNow('advisor-appointment-cancelled')).toBe('sent');

    const texts = sent.map(({ calendar }) => calendar?.text);
    expect(sent.map(({ calendar }) => calendar?.method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL', 'CANCEL']);
    expect(new Set(texts.map((text) => lineOf(text, 'UID:')))).toEqual(new Set([`UID:${id}@localhost`]));
    expect(texts.map((text) => lineOf(text, 'SEQUENCE:'))).toEqual([3, 3, 4, 4].map((each) => `SEQUENCE:${each}`));
    expect(texts.map((text) => lineOf(text, 'DTSTART'))).toEqual(Array(4).fill('DTSTART:20261127T133000Z'));
    expect(lineOf(texts[0], 'LOCATION')).toBe('LOCATION:3 rue Exemple');
    expect(lineOf(texts[0], 'ATTENDEE')).toContain('MAILTO:camille@example.org');
    expect(lineOf(texts[2], 'STATUS')).toBe('STATUS:CANCELLED');
    // Who the holder is stays behind the sign-in.
    expect(texts[1] + (texts[3] ?? '')).not.toMatch(/camille/i);
    expect(sent[2]?.text).toContain('Votre rendez-vous du vendredi 27\u00a0novembre à 14\u00a0h\u00a030 est annulé.');
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(4);
  });

  it('arrives as a part that calendars read', async () => {
    const anne = await hire(desk, 'anne');
    const project = await submit();
    const id = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
    await desk.services.takeReferral({ id, version: 1, by: anne });
    await desk.services.bookAppointment(
      { id, version: 2, by: anne },
      { at: FRIDAY, minutes: 30, kind: 'call', place: '' },
    );
    expect(await send(project.id, 'holder-appointment')).toBe('sent');
    expect(received()[0]?.text).toContain('Vous avez rendez-vous');
    expect(received()[0]?.headers['content-type']).toMatch(/^multipart\/mixed/);
  });

  it('ahead ends with its referral: both are told', async () => {
    const anne = await hire(desk, 'anne');
    const project = await submit();
    const id = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
    await desk.services.takeReferral({ id, version: 1, by: anne });
    await desk.services.bookAppointment(
      { id, version: 2, by: anne },
      { at: FRIDAY, minutes: 30, kind: 'call', place: '' },
    );
    await desk.services.closeReferral({ id, version: 3, by: anne }, { outcome: 'no_solution', words: null });
    expect((await desk.parts.referrals.byId(id))?.appointment).toBeNull();
    expect(await send(project.id, 'holder-appointment')).toBe('cancelled');
    expect(await send(project.id, 'holder-appointment-cancelled')).toBe('sent');
  });
});

describe('who reads for whom', () => {
  const toOf = (index = 0) => received()[index]?.to.map(({ address }) => address);

  it('the deputy, while the person is away', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await hire(desk, 'zoe');
    const week = { id: 'w', account: 'anne', from: '2026-11-23', to: '2026-11-27', deputy: 'zoe' };
    await desk.parts.absences.save({ id: 'anne', partner: 'ti-tiltam' }, 0, [week]);
    expect(await send(project.id, 'advisor-new-project')).toBe('sent');
    expect(toOf()).toEqual(['zoe@example.org']);
  });

  it('the person all the same, when the deputy is away too', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await hire(desk, 'zoe');
    const week = { id: 'w', account: 'anne', from: '2026-11-23', to: '2026-11-27', deputy: 'zoe' };
    await desk.parts.absences.save({ id: 'anne', partner: 'ti-tiltam' }, 0, [week]);
    await desk.parts.absences.save({ id: 'zoe', partner: 'ti-tiltam' }, 0, [{ ...week, account: 'zoe', deputy: null }]);
    expect(await send(project.id, 'advisor-new-project')).toBe('sent');
    expect(toOf()).toEqual(['anne@example.org']);
  });

  it('the lead, then the managers, of a project that nobody can take', async () => {
    const project = await submit();
    await hire(desk, 'boss', 'manager', null);
    const { id } = await deliveryOf(desk, project.id, 'lead-nobody-available');
    await hire(desk, 'chief', 'lead');
    expect(await desk.services.sendDelivery(id)).toBe('sent');
    expect(toOf()).toEqual(['chief@example.org']);
    const other = await submit();
    expect((await desk.parts.deliveries.ofProject(other.id)).map(({ email }) => email)).not.toContain(
      'lead-nobody-available',
    );
  });

  it('the managers, when the partner has no lead', async () => {
    const project = await submit();
    await hire(desk, 'boss', 'manager', null);
    expect(await send(project.id, 'lead-nobody-available')).toBe('sent');
    expect(toOf()).toEqual(['boss@example.org']);
  });

  it('the mailbox of the partner reads along, the holder’s e-mails excepted', async () => {
    await hire(desk, 'anne');
    const mailbox = { closures: [], mailbox: 'accueil@example.org', receipt: { fr: 'Au 2e étage.', en: '' } };
    const settings = { ...mailbox, hours: { fr: '', en: '' } };
    await desk.parts.partnerSettings.save('ti-tiltam', 0, settings, { by: 'anne', at: MONDAY });
    const project = await submit();
    expect(await send(project.id, 'advisor-new-project')).toBe('sent');
    expect(received()[0]?.headers['cc']).toBe('accueil@example.org');
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    expect(received()[1]?.headers['cc']).toBeUndefined();
    expect(received()[1]?.text).toContain('Au 2e étage.');
  });

  it('those involved, of a message that partners share, and the team of a partner brought in', async () => {
    const anne = await hire(desk, 'anne');
    const project = await submit();
    await hire(desk, 'cora', 'advisor', 'cci-puy-de-dome');
    const id = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
    await desk.services.bringInPartner({ id, version: 1, by: anne }, { partner: 'cci-puy-de-dome' });
    expect(await send(project.id, 'advisor-associated')).toBe('sent');
    desk.clock.now = IN_TEN_MINUTES;
    expect(await send(project.id, 'holder-associated')).toBe('sent');
    await desk.services.shareMessage(anne, id, { id: 'm1', text: 'Un mot entre nous.' });
    expect(await send(project.id, 'advisor-shared')).toBe('sent');
    expect([toOf(0), toOf(1), toOf(2)]).toEqual([['cora@example.org'], ['camille@example.org'], ['cora@example.org']]);
    expect(received()[2]?.text).not.toContain('entre nous');
  });
});

describe('a mail server that fails', () => {
  it('for now leaves the e-mail owed, and what is thrown names nobody', async () => {
    const project = await submit();
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    const { sendDelivery } = desk.with(failing('450 <camille@example.org> is busy'));
    await expect(sendDelivery(id)).rejects.toThrow(`Delivery ${id} is to be tried again`);
    const { failedBecause, attempts } = await deliveryOf(desk, project.id, 'holder-receipt');
    expect({ failedBecause, attempts }).toEqual({ failedBecause: '450 <(address)> is busy', attempts: 1 });
    expect(await desk.services.sendDelivery(id)).toBe('sent');
  });

  it('or one that quotes the address it wrote to, leaves no address in the record', async () => {
    const project = await submit();
    const send = async ({ messageId }: { messageId: string }) => ({
      messageId,
      response: '250 <camille@example.org> ok',
    });
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    expect(await desk.with({ transport: { send } }).sendDelivery(id)).toBe('sent');
    expect((await deliveryOf(desk, project.id, 'holder-receipt')).response).toBe('250 <(address)> ok');
  });

  it('for good ends it', async () => {
    const project = await submit();
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    expect(await desk.with(failing('550 no such user', true)).sendDelivery(id)).toBe('given up');
    expect(await desk.services.sendDelivery(id)).toBe('not due');
    expect(await desk.parts.deliveries.due(desk.clock.now)).not.toContain(id);
  });

  it('for a day ends it too', async () => {
    const project = await submit();
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    const { sendDelivery } = desk.with(failing('421 try later'));
    for (let attempt = 1; attempt < 12; attempt += 1) await expect(sendDelivery(id)).rejects.toThrow('tried again');
    expect(await sendDelivery(id)).toBe('given up');
  });

  it('a store that fails after the e-mail left keeps a second one from leaving at once', async () => {
    const project = await submit();
    const { id } = await deliveryOf(desk, project.id, 'holder-receipt');
    const others: string[] = [];
    const markAllSent = async () => {
      others.push(await desk.services.sendDelivery(id));
      desk.clock.now = new Date(desk.clock.now.getTime() + MINUTE);
      throw new Error('store away');
    };
    const deliveries = { ...desk.parts.deliveries, markAllSent };
    await expect(desk.with({ deliveries }).sendDelivery(id)).rejects.toThrow('store away');
    expect(others).toEqual(['not due', 'not due']);
    expect(received()).toHaveLength(1);
  });
});
