import type { ProjectState, Referral } from '../../../src/domain/referrals/referral.js';
import type { Partner } from '../../../src/domain/territory/territory.js';
import type { FollowedProject } from '../../../src/services/followProject.js';
import { followUpAnswer } from '../../../src/web/public/followUpAnswer.js';
import { aSubmission } from '../../support/aSubmission.js';

const CALL_BY = new Date('2026-12-08T17:00:00Z');
const BEFORE = new Date('2026-12-04T09:00:00Z');
const AFTER = new Date('2026-12-09T09:00:00Z');

const cci = { name: 'CCI de l’Allier', kind: 'cci' } as Partner;
const referral = { callBy: CALL_BY, takenAt: BEFORE, outcome: null } as Referral;

const followed = (state: ProjectState, changes: Partial<FollowedProject> = {}): FollowedProject => ({
  project: { ...aSubmission(), state } as FollowedProject['project'],
  referral,
  partner: cci,
  events: [],
  associated: [],
  ...changes,
});
const said = (project: FollowedProject, now = BEFORE): string => {
  const { heading, sentence } = followUpAnswer(project, now);
  return `${heading} ${sentence}`.replaceAll('\u00a0', ' ');
};

test.each<[ProjectState, string]>([
  [
    'waiting',
    'Votre projet est entre les mains de la CCI de l’Allier. Une personne vous appelle avant mardi 8 décembre',
  ],
  ['in_progress', 'Votre projet est pris en charge. La CCI de l’Allier s’en occupe depuis vendredi 4 décembre.'],
  ['helped', 'Votre projet a été aidé.'],
  ['closed', 'Il n’a pas été trouvé de solution'],
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
  expect(said(unreachable)).toContain('Personne n’a réussi à vous joindre');
});
