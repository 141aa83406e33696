import { localDay } from '../../../src/domain/calendar/businessTime.js';
import { DRAFT_EMAIL_IDS, EMAIL_IDS, EMAILS, type EmailId } from '../../../src/domain/emails/catalogue.js';
import { eventOf, isByHand, stepOf } from '../../../src/domain/emails/delivery.js';
import {
  planAccountEmail,
  planAgain,
  planDraftEmails,
  planEmails,
  planErased,
  planLinkAgain,
  planNext,
  unwantedBecause,
} from '../../../src/domain/emails/planEmails.js';
import type { Project, ProjectEvent, Referral } from '../../../src/domain/referrals/referral.js';
import { anEvent, aProject, aReferral, decided, TUESDAY } from '../../support/emailCases.js';

const bySystem = anEvent({ type: 'referred', referral: 'r1' });
const byManager: ProjectEvent = { ...bySystem, actor: { role: 'manager', account: 'm1' } };
const byAdvisor = (type: ProjectEvent['type']) =>
  anEvent({ type, referral: 'r1', actor: { role: 'advisor', account: 'a1' } });

const transferred = (before: string): ProjectEvent => ({ ...byAdvisor('transferred'), before, to: 'a2' });
const call = (reason: string): ProjectEvent => ({ ...byAdvisor('call-logged'), reason });
const LOST = { at: TUESDAY, minutes: 30, kind: 'visit', sequence: 3 } as const;

const byHolder = (type: ProjectEvent['type']) =>
  anEvent({ type, referral: 'r1', actor: { role: 'holder', account: null } });

const ending = (type: 'withdrawn' | 'erased', before: string): ProjectEvent => ({
  ...byHolder(type),
  before,
  after: 'withdrawn',
});

/** What every referral to a partner calls for, for as long as nobody takes it. */
const WHILE_WAITING: EmailId[] = [
  'holder-not-forgotten',
  'advisor-new-project',
  'advisor-reminder',
  'advisor-second-reminder',
  'lead-escalation',
];

const PLANNED: [string, ProjectEvent, Project, Referral | null, EmailId[]][] = [
  ['a routed submission', anEvent(), aProject(), null, ['holder-receipt']],
  ['a submission for triage', anEvent(), decided('triage'), null, ['holder-receipt-triage', 'manager-triage']],
  ['one from elsewhere', anEvent(), decided('out_of_territory'), null, ['holder-receipt-out-of-territory']],
  ['one that is no project', anEvent(), decided('rejected'), null, ['holder-receipt-rejected']],
  ['the first referral', bySystem, aProject(), aReferral(), WHILE_WAITING],
  ['a referral by a manager', byManager, decided('triage'), aReferral(), ['holder-sent-on', ...WHILE_WAITING]],
  ['a take', byAdvisor('taken'), aProject(), aReferral({ state: 'taken' }), ['holder-taken', 'advisor-news']],
  ['a decline', byAdvisor('declined'), aProject(), aReferral({ state: 'declined' }), ['manager-triage']],
  ['a message', byHolder('message-added'), aProject(), null, ['advisor-message']],
  [
    'contact data corrected',
    byHolder('contact-corrected'),
    aProject({ state: 'in_progress' }),
    null,
    ['advisor-message'],
  ],
  ['a message while in triage', byHolder('message-added'), aProject({ state: 'triage' }), null, []],
  ['nobody called', byHolder('nobody-called'), aProject(), null, ['advisor-nobody-called', 'manager-nobody-called']],
  [
    'nobody called, taken',
    byHolder('nobody-called'),
    aProject({ state: 'in_progress' }),
    null,
    ['advisor-nobody-called'],
  ],
  ['a withdrawal', ending('withdrawn', 'waiting'), aProject({ withdrawnAt: TUESDAY }), null, ['advisor-withdrawn']],
  ['a withdrawal from triage', ending('withdrawn', 'triage'), aProject({ withdrawnAt: TUESDAY }), null, []],
  ['an opinion', byHolder('surveyed'), aProject(), null, []],
  ['an erasure', ending('erased', 'in_progress'), aProject({ erasedAt: TUESDAY }), null, ['advisor-withdrawn']],
  ['an erasure after the end', { ...byHolder('erased'), before: 'helped', after: 'helped' }, aProject(), null, []],
  [
    'a partner sends it on',
    { ...bySystem, actor: { role: 'lead', account: 'l1' } },
    aProject(),
    aReferral({ sequence: 2 }),
    ['holder-rerouted', ...WHILE_WAITING],
  ],
  [
    'a manager sends it on after a decline',
    byManager,
    aProject(),
    aReferral({ sequence: 2 }),
    ['holder-sent-on', ...WHILE_WAITING],
  ],
  [
    'the first referral, with nobody there',
    bySystem,
    aProject(),
    aReferral({ assignee: null }),
    [
      'holder-not-forgotten',
      'advisor-new-project',
      'advisor-reminder',
      'advisor-second-reminder',
      'lead-nobody-available',
      'lead-escalation',
    ],
  ],
  ['a reroute, at the partner that it leaves', byAdvisor('rerouted'), aProject(), aReferral({ state: 'rerouted' }), []],
  ['a transfer before it is taken', transferred('waiting'), aProject(), aReferral(), ['advisor-transferred']],
  [
    'a transfer in hand',
    transferred('taken'),
    aProject(),
    aReferral({ state: 'taken' }),
    ['holder-transferred', 'advisor-transferred'],
  ],
  ['taken over from a colleague', { ...transferred('waiting'), to: 'a1' }, aProject(), aReferral(), []],
  [
    'nobody left for somebody away',
    anEvent({ type: 'transferred', referral: 'r1', before: 'waiting' }),
    aProject(),
    aReferral({ assignee: null }),
    ['lead-nobody-available'],
  ],
  ['a release', byAdvisor('released'), aProject(), aReferral(), []],
  ['a question', byAdvisor('detail-asked'), aProject(), aReferral(), ['holder-detail-asked']],
  ['its answer: the message says it', byHolder('detail-given'), aProject(), aReferral(), []],
  ['the end of a wait', byHolder('wait-ended'), aProject(), aReferral(), []],
  ['an attempt', call('no-answer'), aProject(), aReferral({ state: 'taken' }), ['holder-not-reached']],
  ['a message left', call('message'), aProject(), aReferral({ state: 'taken' }), ['holder-not-reached']],
  ['a call', call('reached'), aProject(), aReferral({ state: 'taken' }), []],
  [
    'an appointment',
    { ...byAdvisor('booked'), reason: 'visit' },
    aProject(),
    aReferral({ state: 'taken' }),
    ['holder-appointment', 'advisor-appointment'],
  ],
  [
    'an appointment cancelled',
    { ...byAdvisor('booked'), reason: 'cancelled', lost: LOST },
    aProject(),
    aReferral({ state: 'taken' }),
    ['holder-appointment-cancelled', 'advisor-appointment-cancelled'],
  ],
  [
    'an appointment that ends with its referral',
    { ...byAdvisor('closed'), lost: LOST },
    aProject(),
    aReferral({ state: 'helped' }),
    [
      'holder-appointment-cancelled',
      'holder-closed',
      'holder-survey',
      'holder-became',
      'advisor-appointment-cancelled',
    ],
  ],
  [
    'a partner brought in',
    byAdvisor('brought-in'),
    aProject(),
    aReferral({ state: 'informed' }),
    ['holder-associated', 'advisor-associated'],
  ],
  ['a shared message', byAdvisor('shared'), aProject(), aReferral({ state: 'informed' }), ['advisor-shared']],
  ['reopened', byAdvisor('reopened'), aProject(), aReferral({ state: 'taken' }), ['holder-reopened', 'advisor-news']],
  [
    'closed in triage',
    anEvent({ type: 'closed-in-triage', actor: { role: 'manager', account: 'm1' } }),
    decided('triage'),
    null,
    ['holder-closed-in-triage', 'holder-survey', 'holder-became'],
  ],
  ['expired', anEvent({ type: 'expired' }), aProject(), aReferral({ state: 'expired' }), ['manager-expired']],
  [
    'a closing',
    byAdvisor('closed'),
    aProject(),
    aReferral({ state: 'helped' }),
    ['holder-closed', 'holder-survey', 'holder-became'],
  ],
  ['a word from the advisor', byAdvisor('written'), aProject(), aReferral({ state: 'taken' }), ['holder-message']],
  [
    'an address that refuses, at a partner',
    anEvent({ type: 'address-refused' }),
    aProject(),
    aReferral(),
    ['lead-address-refused'],
  ],
  [
    'an address that refuses, in triage',
    anEvent({ type: 'address-refused' }),
    aProject({ state: 'triage' }),
    null,
    ['manager-address-refused'],
  ],
  [
    'an address that refuses, after the end',
    anEvent({ type: 'address-refused' }),
    aProject(),
    aReferral({ state: 'helped' }),
    ['manager-address-refused'],
  ],
];

describe('planning e-mails', () => {
  test.each(PLANNED)('%s', (_name, event, project, referral, expected) => {
    expect(planEmails(event, { project, referral }).map(({ email }) => email)).toEqual(expected);
  });

  test('every e-mail of the catalogue is planned by one of these, or by its own function', () => {
    const asked: EmailId[] = [...DRAFT_EMAIL_IDS, 'holder-link-again', 'holder-erased'];
    const aboutAccounts: EmailId[] = [
      'advisor-digest',
      'manager-weekly',
      'account-invitation',
      'account-sign-in',
      'account-reset',
      'account-password-changed',
      'account-protection-changed',
      'account-closed',
      'lead-colleague-refused',
      'account-export-ready',
      'manager-report-ready',
      'report-issued',
    ];
    const planned = new Set([...PLANNED.flatMap(([, , , , emails]) => emails), ...asked, ...aboutAccounts]);
    expect([...planned].sort()).toEqual([...EMAIL_IDS].sort());
  });

  test('the same event always gives the same keys, another event other keys', () => {
    const parts = { project: aProject(), referral: aReferral() };
    const keys = planEmails(bySystem, parts).map(({ key }) => key);
    expect(keys).toEqual(
      [
        'holder-not-forgotten:referral:r1:holder',
        'advisor-new-project:referral:r1:advisor',
        'advisor-reminder:referral:r1:advisor',
        'advisor-second-reminder:referral:r1:advisor',
        'lead-escalation:referral:r1:lead',
      ].map((key) => `${key}:e1`),
    );
    expect(planEmails(bySystem, parts).map(({ key }) => key)).toEqual(keys);
    expect(planEmails({ ...bySystem, id: 'e2' }, parts).map(({ key }) => key)).not.toContain(keys[0]);
  });

  test('a second attempt on the same business day is kept once, one on the next day is another', () => {
    const parts = { project: aProject(), referral: aReferral({ state: 'taken' }) };
    const keyOf = (id: string, at: string) =>
      planEmails({ ...call('no-answer'), id, at: new Date(at) }, parts).map(({ key }) => key);
    const first = keyOf('e1', '2026-12-01T09:00:00Z');
    expect(first).toEqual(['holder-not-reached:referral:r1:holder:2026-12-01']);
    expect(keyOf('e2', '2026-12-01T15:00:00Z')).toEqual(first);
    expect(keyOf('e3', '2026-12-02T09:00:00Z')).not.toEqual(first);
  });

  test('a submission is about the project, an act about its referral', () => {
    expect(planEmails(anEvent(), { project: aProject(), referral: null })[0]).toMatchObject({
      about: { kind: 'project', id: 'p1' },
      project: 'p1',
      audience: 'holder',
      occasion: 'e1',
      due: TUESDAY,
    });
    const [taken] = planEmails(byAdvisor('taken'), { project: aProject(), referral: aReferral() });
    expect(taken?.about).toEqual({ kind: 'referral', id: 'r1' });
  });
});

const waiting = aReferral();
const taken = aReferral({ state: 'taken' });
const declined = aReferral({ state: 'declined' });
const helped = aReferral({ state: 'helped', outcome: 'helped' });
const second = aReferral({ id: 'r2', sequence: 2 });

const asked = { ...taken, asked: { at: TUESDAY, until: TUESDAY, note: 'n1' } };
const meets = { ...taken, appointment: { at: TUESDAY, minutes: 30, kind: 'call', place: '', sequence: 2 } } as const;
const informed = aReferral({ id: 'r3', role: 'associated', state: 'informed' });

const WANTED: [EmailId, string, Referral | null, Referral | null, boolean][] = [
  ['holder-receipt', 'waiting', waiting, waiting, true],
  ['holder-receipt', 'declined before it left', declined, declined, true],
  ['holder-receipt', 'declined, then sent on', second, second, true],
  ['advisor-new-project', 'waiting', waiting, waiting, true],
  ['advisor-new-project', 'taken meanwhile', taken, taken, false],
  ['advisor-reminder', 'waiting', waiting, waiting, true],
  ['advisor-reminder', 'taken meanwhile', taken, taken, false],
  ['advisor-reminder', 'declined and sent on', declined, second, false],
  ['holder-sent-on', 'waiting', second, second, true],
  ['holder-sent-on', 'taken meanwhile', taken, taken, false],
  ['holder-taken', 'taken', taken, taken, true],
  ['holder-taken', 'closed meanwhile', helped, helped, false],
  ['holder-closed', 'closed', helped, helped, true],
  ['holder-closed', 'taken up again', taken, taken, false],
  ['holder-rerouted', 'waiting', second, second, true],
  ['holder-rerouted', 'taken meanwhile', taken, taken, false],
  ['holder-transferred', 'taken', taken, taken, true],
  ['holder-transferred', 'closed meanwhile', helped, helped, false],
  ['holder-detail-asked', 'not answered', asked, asked, true],
  ['holder-detail-asked', 'answered meanwhile', taken, taken, false],
  ['holder-not-reached', 'not reached', { ...taken, attempts: 1 }, taken, true],
  ['holder-not-reached', 'reached meanwhile', taken, taken, false],
  ['holder-not-reached', 'closed meanwhile', { ...helped, attempts: 1 }, helped, false],
  ['holder-appointment', 'as it stands', meets, meets, true],
  ['holder-appointment', 'cancelled meanwhile', taken, taken, false],
  ['advisor-appointment', 'sent on meanwhile', { ...meets, state: 'rerouted' }, second, false],
  ['holder-appointment-cancelled', 'none left', taken, taken, true],
  ['holder-appointment-cancelled', 'another one set meanwhile', meets, meets, false],
  ['holder-associated', 'brought in', informed, taken, true],
  ['advisor-associated', 'brought in, and the main one closed', informed, helped, true],
  ['advisor-shared', 'still in hand', informed, taken, true],
  ['holder-reopened', 'taken up again', taken, taken, true],
  ['holder-reopened', 'closed again meanwhile', helped, helped, false],
  ['lead-nobody-available', 'nobody yet', { ...waiting, assignee: null }, waiting, true],
  ['lead-nobody-available', 'given to somebody meanwhile', waiting, waiting, false],
  ['manager-expired', 'in triage', { ...waiting, state: 'expired' }, { ...waiting, state: 'expired' }, true],
  ['manager-expired', 'sent on meanwhile', { ...waiting, state: 'expired' }, second, false],
  ['advisor-second-reminder', 'waiting', waiting, waiting, true],
  ['advisor-second-reminder', 'taken meanwhile', taken, taken, false],
  ['lead-escalation', 'waiting', waiting, waiting, true],
  ['lead-escalation', 'taken meanwhile', taken, taken, false],
  ['holder-not-forgotten', 'waiting', waiting, waiting, true],
  ['holder-not-forgotten', 'taken meanwhile', taken, taken, false],
  ['advisor-news', 'in hand', taken, taken, true],
  ['advisor-news', 'given back', waiting, waiting, false],
  ['advisor-news', 'closed', helped, helped, false],
  ['holder-survey', 'closed', helped, helped, true],
  ['holder-survey', 'taken up again', taken, taken, false],
  ['holder-became', 'closed', helped, helped, true],
  ['holder-became', 'taken up again', taken, taken, false],
  ['holder-message', 'in hand', taken, taken, true],
  ['manager-triage', 'declined', declined, declined, true],
  ['manager-triage', 'sent on meanwhile', declined, second, false],
];

describe('those that come again', () => {
  const parts = { project: aProject(), referral: aReferral({ state: 'taken' }) };
  const news = () => {
    const found = planEmails(byAdvisor('taken'), parts).find(({ email }) => email === 'advisor-news');
    if (!found) throw new Error('no question is planned');
    return found;
  };

  test('are numbered, and 20 business days apart', () => {
    const first = news();
    const next = planNext(first);
    const after = next && planNext(next);
    expect([first, next, after].map((each) => each?.occasion)).toEqual(['e1', 'e1#2', 'e1#3']);
    expect([first, next, after].map((each) => localDay(each?.due ?? TUESDAY))).toEqual([
      '2026-12-30',
      '2027-01-28',
      '2027-02-25',
    ]);
    expect(planNext(first)).toEqual(next);
  });

  test('the others do not', () => {
    const [receipt] = planEmails(anEvent(), { project: aProject(), referral: null });
    expect(receipt && planNext(receipt)).toBeNull();
  });

  test('one sent again by hand is another each time, due at once, of the same e-mail', () => {
    const again = planAgain({ ...news(), occasion: 'e1#2' }, { at: TUESDAY, id: 'x1' });
    expect(again).toMatchObject({ email: 'advisor-news', occasion: 'e1#2~x1', due: TUESDAY });
    expect(planAgain(again, { at: TUESDAY, id: 'x2' }).occasion).toBe('e1#2~x2');
    expect([eventOf(again), stepOf(again), isByHand(again)]).toEqual(['e1', 2, true]);
  });
});

test('an e-mail about an account is planned once for what set it off', () => {
  const when = { which: 'advisor-digest', at: TUESDAY, occasion: '2026-12-01' } as const;
  expect(planAccountEmail({ id: 'a1' }, when)).toMatchObject({
    key: 'advisor-digest:account:a1:account:2026-12-01',
    about: { kind: 'account', id: 'a1' },
    project: null,
    audience: 'account',
  });
});

describe('asking again just before sending', () => {
  test.each(WANTED)('%s, %s', (email, _name, referral, latest, wanted) => {
    const because = unwantedBecause(email, { about: 'project', project: aProject(), referral, latest });
    expect(because).toBe(wanted ? null : EMAILS[email].stillWanted);
  });

  test('a project in triage without any referral still calls for its e-mail', () => {
    const situation = { about: 'project', project: decided('triage'), referral: null, latest: null } as const;
    expect(unwantedBecause('manager-triage', situation)).toBeNull();
  });

  test('once a project is withdrawn, only its advisor is told', () => {
    const project = aProject({ withdrawnAt: TUESDAY });
    for (const referral of [waiting, aReferral({ state: 'withdrawn' })]) {
      const situation = { about: 'project', project, referral, latest: referral } as const;
      const wanted = EMAIL_IDS.filter((id) => unwantedBecause(id, situation) === null);
      expect(wanted).toEqual(['holder-link-again', 'advisor-withdrawn']);
    }
  });

  test('once its data are erased, only that is said', () => {
    for (const referral of [waiting, taken, declined, helped, null]) {
      const situation = {
        about: 'project',
        project: aProject({ erasedAt: TUESDAY }),
        referral,
        latest: referral,
      } as const;
      expect(EMAIL_IDS.filter((id) => unwantedBecause(id, situation) === null)).toEqual(['holder-erased']);
    }
    const withdrawn = aReferral({ state: 'withdrawn' });
    const project = aProject({ erasedAt: TUESDAY, withdrawnAt: TUESDAY });
    expect(
      unwantedBecause('advisor-withdrawn', { about: 'project', project, referral: withdrawn, latest: withdrawn }),
    ).toBeNull();
    const kept = { about: 'project', project: aProject(), referral: waiting, latest: waiting } as const;
    expect(unwantedBecause('holder-erased', kept)).toBe('once erased');
  });

  test.each(DRAFT_EMAIL_IDS)('%s leaves only while the draft is there, with an address', (id) => {
    const draft = { id: 'd1', language: 'fr', name: '', email: 'holder@example.org' } as const;
    expect(unwantedBecause(id, { about: 'draft', draft })).toBeNull();
    expect(unwantedBecause(id, { about: 'draft', draft: { ...draft, email: null } })).toBe('while unsent');
    expect(unwantedBecause(id, { about: 'draft', draft: null })).toBe('while unsent');
  });
});

describe('planning what no event sets off', () => {
  const friday = new Date('2026-12-04T15:00:00Z');

  test('the link to resume leaves at once, each time it is asked for', () => {
    const plan = (occasion: string) =>
      planDraftEmails({ draft: 'd1' }, { at: friday, occasion, which: 'holder-resume' });
    expect(plan('o1')).toEqual([
      {
        key: 'holder-resume:draft:d1:holder:o1',
        email: 'holder-resume',
        about: { kind: 'draft', id: 'd1' },
        project: null,
        audience: 'holder',
        occasion: 'o1',
        due: friday,
        lastAddress: null,
      },
    ]);
    expect(plan('o2')[0]?.key).not.toBe(plan('o1')[0]?.key);
  });

  test('the nudge is due a business day later, under the same key whatever asks for it', () => {
    const plan = (occasion: string) =>
      planDraftEmails({ draft: 'd1' }, { at: friday, occasion, which: 'holder-nudge' });
    expect(plan('o1')).toEqual(plan('o2'));
    expect(plan('o1')[0]).toMatchObject({
      key: 'holder-nudge:draft:d1:holder:once',
      due: new Date('2026-12-07T15:00:00Z'),
    });
  });

  test('a lost link and an erasure are about the project; only the erasure carries an address', () => {
    const when = { at: friday, occasion: 'o1' };
    expect(planLinkAgain(aProject(), when)[0]).toMatchObject({
      key: 'holder-link-again:project:p1:holder:o1',
      project: 'p1',
      due: friday,
      lastAddress: null,
    });
    expect(planErased(aProject(), { ...when, lastAddress: 'holder@example.org' })[0]).toMatchObject({
      key: 'holder-erased:project:p1:holder:o1',
      lastAddress: 'holder@example.org',
    });
  });
});
