import { EMAIL_IDS, EMAILS, type EmailId } from '../../../src/domain/emails/catalogue.js';
import { planEmails, unwantedBecause } from '../../../src/domain/emails/planEmails.js';
import type { Project, ProjectEvent, Referral } from '../../../src/domain/referrals/referral.js';
import { anEvent, aProject, aReferral, decided, TUESDAY } from '../../support/emailCases.js';

const bySystem = anEvent({ type: 'referred', referral: 'r1' });
const byManager: ProjectEvent = { ...bySystem, actor: { role: 'manager', account: 'm1' } };
const byAdvisor = (type: 'taken' | 'declined' | 'closed') =>
  anEvent({ type, referral: 'r1', actor: { role: 'advisor', account: 'a1' } });

const PLANNED: [string, ProjectEvent, Project, Referral | null, EmailId[]][] = [
  ['a routed submission', anEvent(), aProject(), null, ['holder-receipt']],
  ['a submission for triage', anEvent(), decided('triage'), null, ['holder-receipt-triage', 'manager-triage']],
  ['one from elsewhere', anEvent(), decided('out_of_territory'), null, ['holder-receipt-out-of-territory']],
  ['one that is no project', anEvent(), decided('rejected'), null, ['holder-receipt-rejected']],
  ['the first referral', bySystem, aProject(), aReferral(), ['advisor-new-project', 'advisor-reminder']],
  [
    'a referral by a manager',
    byManager,
    decided('triage'),
    aReferral(),
    ['holder-sent-on', 'advisor-new-project', 'advisor-reminder'],
  ],
  ['a take', byAdvisor('taken'), aProject(), aReferral({ state: 'taken' }), ['holder-taken']],
  ['a decline', byAdvisor('declined'), aProject(), aReferral({ state: 'declined' }), ['manager-triage']],
  ['a closing', byAdvisor('closed'), aProject(), aReferral({ state: 'helped' }), ['holder-closed']],
];

describe('planning e-mails', () => {
  test.each(PLANNED)('%s', (_name, event, project, referral, expected) => {
    expect(planEmails(event, { project, referral }).map(({ email }) => email)).toEqual(expected);
  });

  test('every e-mail of the catalogue is planned by one of these', () => {
    const planned = new Set(PLANNED.flatMap(([, , , , emails]) => emails));
    expect([...planned].sort()).toEqual([...EMAIL_IDS].sort());
  });

  test('the same event always gives the same keys, another event other keys', () => {
    const parts = { project: aProject(), referral: aReferral() };
    const keys = planEmails(bySystem, parts).map(({ key }) => key);
    expect(keys).toEqual(['advisor-new-project:referral:r1:advisor:e1', 'advisor-reminder:referral:r1:advisor:e1']);
    expect(planEmails(bySystem, parts).map(({ key }) => key)).toEqual(keys);
    expect(planEmails({ ...bySystem, id: 'e2' }, parts).map(({ key }) => key)).not.toContain(keys[0]);
  });

  test('an e-mail at once is due at the event, a reminder two business days later', () => {
    const friday = { ...bySystem, at: new Date('2026-12-04T15:00:00Z') };
    const due = planEmails(friday, { project: aProject(), referral: aReferral() }).map((each) =>
      each.due.toISOString(),
    );
    expect(due).toEqual(['2026-12-04T15:00:00.000Z', '2026-12-08T15:00:00.000Z']);
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
  ['manager-triage', 'declined', declined, declined, true],
  ['manager-triage', 'sent on meanwhile', declined, second, false],
];

describe('asking again just before sending', () => {
  test.each(WANTED)('%s, %s', (email, _name, referral, latest, wanted) => {
    const because = unwantedBecause(email, { project: aProject(), referral, latest });
    expect(because).toBe(wanted ? null : EMAILS[email].stillWanted);
  });

  test('a project in triage without any referral still calls for its e-mail', () => {
    expect(unwantedBecause('manager-triage', { project: decided('triage'), referral: null, latest: null })).toBeNull();
  });
});
