import { isNewTo, newsLine, sectionOf, titleOf } from '../../../src/domain/emails/digestLines.js';
import type { EventType, ProjectEvent, Referral } from '../../../src/domain/referrals/referral.js';

const event = (type: EventType, changes: Partial<ProjectEvent> = {}): ProjectEvent => ({
  id: 'e1',
  project: 'p1',
  referral: 'r1',
  partner: 'ti-tiltam',
  type,
  at: new Date('2026-11-23T09:30:00+01:00'),
  actor: { role: 'holder', account: null },
  before: null,
  after: null,
  reason: null,
  note: null,
  ...changes,
});
const anne = { id: 'anne', partner: 'ti-tiltam' };
const by = (account: string): Partial<ProjectEvent> => ({ actor: { role: 'advisor', account } });

describe('what is new to an advisor', () => {
  it.each<[string, Referral['role'], ProjectEvent, boolean]>([
    ['a message of the holder', 'main', event('message-added'), true],
    ['corrected contact data', 'main', event('contact-corrected'), true],
    ['the same, where the partner is only associated', 'associated', event('message-added'), false],
    ['a project that a colleague gives', 'main', event('transferred', { ...by('bruno'), to: 'anne' }), true],
    ['a project given to somebody else', 'main', event('transferred', { ...by('bruno'), to: 'chloe' }), false],
    ['a project that the advisor takes over', 'main', event('transferred', { ...by('anne'), to: 'anne' }), false],
    ['a message of another partner', 'main', event('shared', { ...by('paul'), partner: 'cci-puy-de-dome' }), true],
    ['a message of the own partner', 'main', event('shared', by('bruno')), false],
    ['being brought in', 'associated', event('brought-in', { ...by('paul'), to: 'ti-tiltam' }), true],
    ['bringing somebody in', 'main', event('brought-in', { ...by('bruno'), to: 'cci-puy-de-dome' }), false],
    ['an act that no e-mail tells', 'main', event('call-logged', by('bruno')), false],
  ])('%s', (_what, role, happened, expected) => {
    expect(isNewTo(anne, { role }, happened)).toBe(expected);
  });

  it('is told in one line a project, each kind once, with its last moment', () => {
    const later = new Date('2026-11-24T14:05:00+01:00');
    const news = [event('message-added'), event('contact-corrected'), event('message-added', { at: later })];
    expect(newsLine(news).replaceAll('\u00a0', ' ')).toBe(
      'un message de la personne, des coordonnées corrigées, mardi 24 novembre à 14 h 05',
    );
  });
});

test('a title is told on one line with its reference, or the reference alone', () => {
  expect(titleOf({ reference: '26-K7QF3', title: ' Un  atelier\nde vélos ' })).toBe('Un atelier de vélos (26-K7QF3)');
  expect(titleOf({ reference: '26-K7QF3', title: ' ' })).toBe('Projet 26-K7QF3');
});

test('a section has ten lines at most, and says how many more there are; one without lines is none', () => {
  const lines = Array.from({ length: 12 }, (_, index) => ({ title: `${index}`, about: '', href: '' }));
  expect(sectionOf('À prendre', lines)).toMatchObject([{ title: 'À prendre', more: 2 }]);
  expect(sectionOf('À prendre', lines, 40)[0]?.more).toBe(30);
  expect(sectionOf('À prendre', lines)[0]?.lines).toHaveLength(10);
  expect(sectionOf('À prendre', [])).toEqual([]);
});
