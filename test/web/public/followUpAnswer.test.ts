import type { ProjectEvent, ProjectState, Referral } from '../../../src/domain/referrals/referral.js';
import type { Partner, Territory } from '../../../src/domain/territory/territory.js';
import type { FollowedProject } from '../../../src/services/followProject.js';
import { followUpAnswer } from '../../../src/web/public/followUpAnswer.js';
import { followUpPage } from '../../../src/web/public/followUpPage.js';
import { aSubmission, UNTOUCHED } from '../../support/aSubmission.js';

const CALL_BY = new Date('2026-12-08T17:00:00Z');
const BEFORE = new Date('2026-12-04T09:00:00Z');
const AFTER = new Date('2026-12-09T09:00:00Z');

const cci = { name: 'CCI de l’Allier', kind: 'cci' } as Partner;
const referral = { id: 'r1', notes: [], callBy: CALL_BY, takenAt: BEFORE, outcome: null } as unknown as Referral;

const followed = (state: ProjectState, changes: Partial<FollowedProject> = {}): FollowedProject => ({
  project: {
    ...UNTOUCHED,
    ...aSubmission(),
    state,
    decision: { reasons: ['Votre message ressemble à une offre commerciale.'] },
  } as unknown as FollowedProject['project'],
  referral,
  partner: cci,
  person: null,
  events: [],
  associated: [],
  joined: [],
  question: null,
  acts: [],
  ...changes,
});
const said = (project: FollowedProject, now = BEFORE): string => {
  const { heading, sentence } = followUpAnswer(project, now);
  return `${heading.fr} ${sentence.fr}`.replaceAll('\u00a0', ' ');
};

test.each<[ProjectState, string]>([
  [
    'waiting',
    'Votre projet est entre les mains de la CCI de l’Allier. Une personne vous appelle avant mardi 8 décembre',
  ],
  ['in_progress', 'Votre projet est pris en charge. La CCI de l’Allier s’en occupe depuis vendredi 4 décembre.'],
  ['helped', 'Votre projet a reçu de l’aide.'],
  ['closed', 'Notre partenaire n’a pas trouvé de solution'],
  ['triage', 'Votre projet est bien arrivé. Une personne le lit'],
  ['out_of_territory', 'la chambre de commerce et d’industrie de votre département'],
  ['rejected', 'il ne semble pas décrire un projet'],
])('%s: %s', (state, words) => {
  expect(said(followed(state))).toContain(words);
});

test('without a telephone number, somebody writes', () => {
  const waiting = followed('waiting');
  waiting.project.contact = { ...waiting.project.contact, phone: null };
  expect(said(waiting)).toContain('Une personne vous écrit avant');
});

test('a promise that was not kept is owned, not repeated', () => {
  expect(said(followed('waiting'), AFTER)).toContain('ce délai est passé');
  expect(said(followed('waiting'), AFTER)).not.toContain('Une personne vous appelle');
});

test('out of the territory, who can help is announced when known', () => {
  expect(said(followed('out_of_territory', { associated: [cci] }))).toContain('Voici qui peut vous aider');
});

test('somebody who could not be reached may send the project again', () => {
  const unreachable = followed('closed', { referral: { ...referral, outcome: 'unreachable' } });
  expect(said(unreachable)).toContain('Notre partenaire n’a pas réussi à vous joindre');
});

describe('in progress', () => {
  const ahead = new Date('2026-12-04T10:00:00Z');

  test('names the advisor, and the date while it is ahead', () => {
    expect(said(followed('in_progress', { person: 'Anne D.' }), ahead)).toContain(
      'Anne D. vous appelle avant mardi 8 décembre à 18 h, ou l’a déjà fait.',
    );
    expect(said(followed('in_progress'), ahead)).toContain('La CCI de l’Allier vous appelle avant mardi 8 décembre');
    expect(said(followed('in_progress', { person: 'Anne D.' }), AFTER)).toContain('Anne D. vous contacte, ou l’a déjà');
  });

  test('says that somebody writes when there is no telephone number', () => {
    const silent = followed('in_progress', { person: 'Anne D.' });
    silent.project.contact = { ...silent.project.contact, phone: null };
    expect(said(silent, ahead)).toContain('Anne D. vous écrit avant mardi 8 décembre');
  });
});

test('rejected: why, and what to do if that is wrong', () => {
  expect(said(followed('rejected'))).toMatch(
    /ressemble à une offre commerciale\. Si nous nous trompons, envoyez votre projet à nouveau en choisissant .* le plus\.$/,
  );
});

describe('the page', () => {
  const page = (project: FollowedProject) => {
    project.project.decision = { ...project.project.decision, main: null };
    project.project.answers = [];
    const territory = { partner: () => cci } as unknown as Territory;
    return followUpPage(project, { token: 't', language: 'fr', received: false, done: '', now: BEFORE, territory });
  };

  test('closed: shows what the advisor wrote', () => {
    const notes = [
      { id: 'n0', text: 'Autre chose' },
      { id: 'n1', text: 'Voyez la pépinière.' },
    ];
    const events = [{ type: 'closed', referral: 'r1', note: 'n1', at: AFTER, partner: 'cci', reason: 'no_solution' }];
    const closed = followed('closed', { referral: { ...referral, notes }, events: events as ProjectEvent[] });
    expect(page(closed)['closingWords']).toBe('Voyez la pépinière.');
    expect(page(followed('closed'))['closingWords']).toBeNull();
  });

  test('in triage nothing is to be prepared yet', () => {
    expect(page(followed('triage'))['prepare']).toEqual([]);
    expect(page(followed('in_progress'))['prepare']).not.toEqual([]);
  });

  test('out of the territory, a CCI is always among those who can help', () => {
    const university = { name: 'Université Clermont Auvergne', kind: 'university' } as Partner;
    const helpers = (associated: Partner[]) => page(followed('out_of_territory', { associated }))['helpers'];
    expect(helpers([university])).toEqual(['Université Clermont Auvergne', 'La CCI de votre département']);
    expect(helpers([cci])).toEqual(['CCI de l’Allier']);
  });
});
