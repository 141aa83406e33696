import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import { type Delivery, UNTRIED } from '../../../src/domain/emails/delivery.js';
import { gatherNews, isGrouped } from '../../../src/domain/emails/grouping.js';
import { anEvent } from '../../support/emailCases.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 9, minute));

const TAKEN = anEvent({ id: 'e-taken', type: 'taken', at: at(0) });
const CALLED = anEvent({ id: 'e-called', type: 'call-logged', reason: 'no-answer', at: at(3) });
const CLOSED = anEvent({ id: 'e-closed', type: 'closed', at: at(6) });
const story = [TAKEN, CALLED, CLOSED];

const aDelivery = (email: EmailId, occasion: string, change: Partial<Delivery> = {}): Delivery => ({
  id: email,
  key: email,
  email,
  about: { kind: 'referral', id: 'r1' },
  project: 'p1',
  audience: 'holder',
  occasion,
  due: at(10),
  lastAddress: null,
  ...UNTRIED,
  ...change,
});

const taken = aDelivery('holder-taken', 'e-taken');
const notReached = aDelivery('holder-not-reached', '2026-11-24');
const closed = aDelivery('holder-closed', 'e-closed');

const only =
  (...emails: EmailId[]) =>
  ({ email }: Delivery): boolean =>
    emails.includes(email);
const summary = (gathered: ReturnType<typeof gatherNews>) =>
  gathered && gathered !== 'told'
    ? { leader: gathered.leader.id, told: gathered.told.map(({ id }) => id), also: gathered.also }
    : gathered;

describe('news of one project', () => {
  test('leave as the latest, which names what came before, whichever of them is asked first', () => {
    const asOne = {
      leader: 'holder-closed',
      told: ['holder-taken', 'holder-not-reached'],
      also: ['e-taken', 'e-called'],
    };
    for (const own of [taken, notReached, closed]) {
      const all = [closed, taken, notReached];
      expect(summary(gatherNews(own, { all, story, mayLeave: only('holder-closed') }))).toEqual(asOne);
    }
  });

  test('name nothing that comes later: what may no longer leave then is left alone', () => {
    const gathered = gatherNews(taken, { all: [taken, closed], story, mayLeave: only('holder-taken') });
    expect(summary(gathered)).toEqual({ leader: 'holder-taken', told: [], also: [] });
  });

  test('are for nobody when neither this one nor a later one may leave', () => {
    expect(gatherNews(closed, { all: [taken, closed], story, mayLeave: only('holder-taken') })).toBeNull();
    expect(gatherNews(taken, { all: [taken], story, mayLeave: () => false })).toBeNull();
  });

  test('that were named in one that left are told', () => {
    const left = { ...closed, sentAt: at(10), also: ['e-taken', 'e-called'] };
    expect(gatherNews(taken, { all: [taken, left], story, mayLeave: () => true })).toBe('told');
    expect(gatherNews(notReached, { all: [notReached, left], story, mayLeave: () => true })).toBe('told');
  });

  test('pass on what they were to name, when a later one leaves for them', () => {
    const tried = { ...notReached, also: ['e-taken'] };
    const gathered = gatherNews(tried, { all: [tried, closed], story, mayLeave: () => true });
    expect(summary(gathered)).toEqual({
      leader: 'holder-closed',
      told: ['holder-not-reached'],
      also: ['e-taken', 'e-called'],
    });
  });

  test('that left, were cancelled or given up before are not told again', () => {
    for (const done of [{ sentAt: at(1) }, { cancelledBecause: 'erased' }, { gaveUpAt: at(1) }]) {
      const gathered = gatherNews(closed, { all: [{ ...taken, ...done }, closed], story, mayLeave: () => true });
      expect(summary(gathered)).toEqual({ leader: 'holder-closed', told: [], also: [] });
    }
  });
});

test('what is sent again by hand leaves by itself, and so does all that is no news', () => {
  expect(isGrouped(taken)).toBe(true);
  expect(isGrouped({ ...taken, occasion: 'e-taken~x1' })).toBe(false);
  expect(isGrouped(aDelivery('holder-detail-asked', 'e1'))).toBe(false);
});
