import type { Demonstration, Fate, Habits } from '../../data/demonstration.js';
import { addBusinessDays, localMonth, nextBusinessInstant } from '../../domain/calendar/businessTime.js';
import { toSubmission } from '../../domain/questionnaire/toSubmission.js';
import type { Account } from '../../domain/referrals/access.js';
import type { SendReason } from '../../domain/referrals/lifecycle.js';
import { CLOSE_OUTCOMES, type CloseOutcome, HELP_KINDS, type HelpKind } from '../../domain/referrals/lifecycle.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import type { Commune, Territory } from '../../domain/territory/territory.js';
import type { Chance } from './chance.js';
import { deskLife } from './deskLife.js';
import { CLOSING_WORDS, DECLINING_WORDS, habitsOf } from './habits.js';
import { holderLife } from './holderLife.js';
import { nextPartner } from './nextPartner.js';
import type { PastDesk } from './pastDesk.js';
import type { Plan } from './planYear.js';
import { writeAnswers } from './writeAnswers.js';

interface World {
  desk: PastDesk;
  staff: Account[];
  territory: Territory;
  demonstration: Demonstration;
  places: Commune[];
}

const MINUTE = 60_000;
const HOURS_A_DAY = 7;
/** Nobody waits for ever: in business days. */
const LONGEST_WAIT = 20;
const AUGUST = '08';
/** A colleague takes what was meant for another. */
const BY_A_COLLEAGUE = 0.15;

/** So many business days later (decimals are hours), at an hour when people work. */
const later = (from: Date, days: number, chance: Chance): Date => {
  const whole = addBusinessDays(from, Math.floor(days));
  const hours = (days % 1) * HOURS_A_DAY;
  const inHours = nextBusinessInstant(new Date(whole.getTime() + hours * 60 * MINUTE));
  return new Date(inHours.getTime() + chance.between(2, 35) * MINUTE);
};

const HELPS = Object.keys(HELP_KINDS) as HelpKind[];

const isOutcome = (fate: Fate): fate is CloseOutcome => Object.hasOwn(CLOSE_OUTCOMES, fate);

const outcomeOf = (fate: Fate, { helped, unreachable }: Habits, chance: Chance): CloseOutcome => {
  const draw = chance.draw();
  if (isOutcome(fate)) return fate;
  if (draw < helped) return 'helped';
  return draw < helped + unreachable ? 'unreachable' : 'no_solution';
};

/**
 * Lives the whole life of one project, from its questionnaire to what has become of it before the demonstration begins. The
 * partner that the rules chose decides how fast; the holder acts by draws apart; the plan's own chance decides the rest.
 */
export const liveProject = async (
  plan: Plan,
  { desk, staff, territory, demonstration, places }: World,
): Promise<void> => {
  const receivers = { ...demonstration, territory };
  const { chance, fate } = plan;
  const holder = holderLife(plan, desk);
  const advisors = deskLife(plan, { desk, staff });
  const managers = staff.filter(({ role }) => role === 'manager');

  const advisorFor = ({ partner, assignee }: Referral): Account | undefined => {
    const team = staff.filter((one) => one.partner === partner && one.role === 'advisor');
    const given = team.find(({ id }) => id === assignee);
    return given && !chance.happens(BY_A_COLLEAGUE) ? given : team.at(chance.between(0, team.length - 1));
  };

  const atPartner = async (project: Project, referral: Referral, isFirst: boolean): Promise<void> => {
    const by = advisorFor(referral);
    const habits = habitsOf(referral.partner, demonstration);
    const slow = localMonth(referral.sentAt).endsWith(`-${AUGUST}`) ? 1.8 : 1;
    const wait = Math.min(LONGEST_WAIT, chance.around(habits.takes * slow, 0.8));
    const declines = chance.happens(habits.declines) && fate === 'as usual';
    const takes = later(referral.sentAt, wait, chance);
    if (!(await holder.meanwhile(takes))) return;
    if (!by || fate === 'waits' || !(await desk.moveTo(takes))) return;
    const seen = { id: referral.id, version: referral.version, by };
    if (isFirst && declines && advisors.sendsOn()) {
      const to = nextPartner(project, referral.partner, receivers, chance);
      await desk.rerouteReferral(seen, { to, reason: 'other-need', words: null });
      const next = await advisors.latest();
      if (next) await atPartner(project, next, false);
      return;
    }
    if (isFirst && (declines || fate === 'declined' || fate === 'sent on')) {
      const [reason, words] = chance.pick(DECLINING_WORDS);
      await desk.declineReferral(seen, { reason, words });
      if (fate !== 'declined') await inTriage(project, 'after-decline', referral.partner);
      return;
    }
    const taken = await desk.takeReferral(seen);
    const work = Math.max(0.5, chance.around(habits.closes, 0.7));
    const outcome = outcomeOf(fate, habits, chance);
    await advisors.atWork(taken, by);
    const closes = later(desk.clock(), work, chance);
    if (!(await holder.meanwhile(closes))) return;
    if (fate === 'in hand' || !(await desk.moveTo(closes))) return;
    const help = outcome === 'helped' ? chance.pick(HELPS) : null;
    const done = { outcome, help, words: chance.happens(0.9) ? chance.pick(CLOSING_WORDS[outcome]) : null };
    const { version } = (await advisors.latest()) ?? taken;
    await desk.closeReferral({ id: taken.id, version, by }, done);
    await holder.lookBack(outcome);
  };

  const inTriage = async (project: Project, reason: SendReason, declinedBy: string | null): Promise<void> => {
    const by = chance.pick(managers);
    const partner = nextPartner(project, declinedBy, receivers, chance);
    if (fate === 'waits' || !(await desk.moveTo(later(desk.clock(), chance.around(1.1, 0.6), chance)))) return;
    const referral = await desk.sendToPartner(by, project.id, { partner, reason });
    await atPartner(project, referral, false);
  };

  const answers = writeAnswers(plan.story, { chance, number: plan.number, places, territory });
  const submission = toSubmission(answers, territory, 'fr');
  const { project } = await desk.submitProject({ visitor: `demonstration ${plan.number}`, submission });
  const [first] = await desk.referrals();
  if (first) await atPartner(project, first, true);
  else if (project.decision.outcome === 'triage')
    await inTriage(project, chance.happens(0.6) ? 'after-call' : 'from-text', null);
};
