import type { AdvisorAct } from '../../src/domain/referrals/lifecycle.js';
import { type CloseOutcome, REFERRAL_STATES, type ReferralState } from '../../src/domain/referrals/lifecycle.js';
import { newReferral } from '../../src/domain/referrals/newReferral.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { referralAbout } from '../../src/domain/referrals/referralAbout.js';
import type { Seen } from '../../src/services/act.js';
import type { Services } from '../../src/services.js';
import type { Desk } from './startDesk.js';
import { aProject } from './stories.js';

type Way = (services: Services, seen: Seen) => Promise<Referral>;

const WEEK = 7 * 86_400_000;

const closesAs =
  (outcome: CloseOutcome): Way =>
  (services, seen) =>
    services.closeReferral(seen, { outcome, help: outcome === 'helped' ? 'advice' : null, words: 'Bonne suite.' });

/** Each act of the lifecycle, done on a referral of TILTAM by somebody who fills in the form well: every end that it may have. */
export const EACH_ACT: Record<AdvisorAct, Way[]> = {
  take: [(services, seen) => services.takeReferral(seen)],
  release: [(services, seen) => services.releaseReferral(seen)],
  transfer: [(services, seen) => services.transferReferral(seen, { to: 'bruno' })],
  logCall: [(services, seen) => services.logCall(seen, { result: 'no-answer', words: null })],
  book: [
    (services, seen) => {
      const at = new Date(services.clock().getTime() + WEEK);
      return services.bookAppointment(seen, { at, minutes: 30, kind: 'call', place: '' });
    },
  ],
  write: [(services, seen) => services.writeToHolder(seen, { words: 'Un webinaire a lieu jeudi.' })],
  askHolder: [(services, seen) => services.askHolder(seen, { question: 'Combien de salariés ?' })],
  bringIn: [(services, seen) => services.bringInPartner(seen, { partner: 'clermont-auvergne-metropole' })],
  reroute: [
    (services, seen) =>
      services.rerouteReferral(seen, { to: 'cci-puy-de-dome', reason: 'other-need', words: 'Un commerce.' }),
  ],
  decline: [(services, seen) => services.declineReferral(seen, { reason: 'other', words: 'Trop tôt.' })],
  close: [closesAs('helped'), closesAs('no_solution'), closesAs('unreachable')],
  reopen: [(services, seen) => services.reopenReferral(seen, { reason: 'new-fact' })],
};

let made = 0;

/** A project at TILTAM whose referral stands in this state, as the store keeps it; `anne` had it if anybody had. */
export const referralIn = async (desk: Desk, state: ReferralState): Promise<Referral> => {
  made += 1;
  const { parts } = desk;
  const project = aProject({ id: `made-${made}`, reference: `26-M${String(made).padStart(4, '0')}` });
  await parts.projects.insert(project, `draft-${made}`, []);
  const now = parts.clock();
  const blank = newReferral({
    id: `referral-${made}`,
    project: project.id,
    partner: 'ti-tiltam',
    role: state === 'informed' ? 'associated' : 'main',
    sequence: 1,
    state,
    about: referralAbout(project, parts.territory),
    sentAt: now,
    callBy: new Date(now.getTime() + WEEK),
    assignee: null,
    assignedBecause: null,
    demo: false,
  });
  const hadIt = state !== 'waiting' && state !== 'expired' && state !== 'informed';
  const hands = hadIt ? { takenBy: 'anne', takenAt: now } : {};
  const referral = { ...blank, ...hands, closedAt: REFERRAL_STATES[state].open ? null : now };
  await parts.referrals.insert(referral, []);
  return referral;
};
