import type { Referral } from '../../src/domain/referrals/referral.js';
import type { VerifyParts } from '../../src/services/verify/invariant.js';
import { arrivals } from './arrivals.js';
import { anUndecidedSubmission } from './aSubmission.js';
import { addStaff, staffMember } from './staff.js';
import { type Desk, startDesk } from './startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const HOUR = 3_600_000;

const anne = staffMember('anne');
const marie = staffMember('marie');

/** A referral as it stands now, to act on. */
const seen = async (desk: Desk, id: string) => {
  const { version } = (await desk.parts.referrals.byId(id)) as Referral;
  return { id, version, by: anne };
};

/** What `desk verify` is given, of a desk of tests. */
export const verifyParts = (desk: Desk): VerifyParts => ({
  ...(desk.parts as Desk['parts'] & Pick<VerifyParts, 'everyRecord'>),
  secrets: desk.config.sessionSecrets,
  enqueue: async () => false,
});

/** A small desk where nearly everything that happens to projects has happened once. Gives their ids. `settings`: of the environment. */
export const wholeLife = async (at = MONDAY, settings: Record<string, string> = {}) => {
  const desk = await startDesk({ at, settings });
  await addStaff(desk);
  const { services, arrives } = arrivals(desk);
  const later = (hours = 1): void => {
    desk.clock.now = new Date(desk.clock.now.getTime() + hours * HOUR);
  };

  const waiting = await arrives();
  await services.addMessage(waiting.token, 'Bonjour, voici un plan.');
  later();

  const taken = await arrives();
  await services.takeReferral(await seen(desk, taken.id));
  await services.addNote(anne, taken.id, { id: 'note-1', text: 'À rappeler.' });
  await services.askHolder(await seen(desk, taken.id), { question: 'Combien de salariés ?' });
  later();
  await services.addMessage(taken.token, 'Douze.');
  await services.bringInPartner(await seen(desk, taken.id), { partner: 'clermont-auvergne-metropole' });
  await services.shareMessage(anne, taken.id, { id: 'shared-1', text: 'Voyons-nous jeudi.' });
  later();

  const helped = await arrives();
  await services.takeReferral(await seen(desk, helped.id));
  await services.logCall(await seen(desk, helped.id), { result: 'no-answer', words: null });
  later();
  await services.closeReferral(await seen(desk, helped.id), {
    outcome: 'helped',
    help: 'advice',
    words: 'Bonne suite.',
  });

  const sentOn = await arrives();
  await services.rerouteReferral(await seen(desk, sentOn.id), {
    to: 'cci-puy-de-dome',
    reason: 'other-need',
    words: 'Un commerce.',
  });
  later();

  const withdrawn = await arrives();
  await services.withdrawProject(withdrawn.token, { reason: 'solved', words: 'Merci.' });
  const erased = await arrives();
  await services.takeReferral(await seen(desk, erased.id));
  later();
  await services.eraseProject(erased.token);

  await services.saveDraft('undecided', {}, 'fr');
  const { project: triage } = await services.submitProject({
    visitor: 'undecided',
    submission: anUndecidedSubmission(),
  });
  await services.saveDraft('closed', {}, 'fr');
  const { project: closed } = await services.submitProject({ visitor: 'closed', submission: anUndecidedSubmission() });
  await services.closeInTriage(marie, closed.id, { reason: 'no-partner', words: 'Personne ne répond à ce besoin.' });
  await services.refreshFacts();
  later();
  return { desk, services, waiting, taken, helped, sentOn, withdrawn, erased, triage, closed };
};
export type WholeLife = Awaited<ReturnType<typeof wholeLife>>;
