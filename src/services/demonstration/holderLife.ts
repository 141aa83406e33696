import type { Fate } from '../../data/demonstration.js';
import { addMonths } from '../../domain/calendar/addMonths.js';
import { addBusinessDays } from '../../domain/calendar/businessTime.js';
import type { CloseOutcome, WithdrawReason } from '../../domain/referrals/lifecycle.js';
import type { Became, Survey } from '../../domain/referrals/referral.js';
import { chanceOf } from './chance.js';
import type { PastDesk } from './pastDesk.js';

/** What holders add once their project is sent. */
const MESSAGES = [
  'Je joins une précision : le local devra avoir un quai de chargement.',
  'Depuis mon envoi, un premier client m’a donné son accord par écrit.',
  'Je serai en déplacement jeudi et vendredi. Vous pouvez me joindre les autres jours.',
  'Mon associée a les chiffres : nous pouvons être deux à l’appel.',
  'Le devis que j’attendais est arrivé. Je peux vous l’envoyer quand vous voulez.',
] as const;

const WITHDRAWING: readonly (readonly [reason: WithdrawReason, words: string | null])[] = [
  ['solved', 'J’ai trouvé un local par un voisin. Merci pour votre réponse.'],
  ['solved', null],
  ['stopped', 'Nous arrêtons pour cette année.'],
  ['changed', null],
];

type Opinion = Pick<Survey, 'calledBack' | 'useful'>;

const OPINIONS: Record<CloseOutcome, readonly (Opinion & { weight: number })[]> = {
  helped: [
    { calledBack: 'yes', useful: 'yes', weight: 8 },
    { calledBack: 'yes', useful: 'partly', weight: 2 },
  ],
  no_solution: [
    { calledBack: 'yes', useful: 'partly', weight: 5 },
    { calledBack: 'yes', useful: 'no', weight: 3 },
    { calledBack: 'no', useful: 'no', weight: 1 },
  ],
  unreachable: [{ calledBack: 'no', useful: 'no', weight: 1 }],
};

const NEWS: Record<CloseOutcome, readonly { what: Became; weight: number }[]> = {
  helped: [
    { what: 'launched', weight: 5 },
    { what: 'under-way', weight: 5 },
    { what: 'on-hold', weight: 2 },
    { what: 'stopped', weight: 1 },
  ],
  no_solution: [
    { what: 'under-way', weight: 3 },
    { what: 'launched', weight: 1 },
    { what: 'on-hold', weight: 4 },
    { what: 'stopped', weight: 3 },
  ],
  unreachable: [
    { what: 'on-hold', weight: 1 },
    { what: 'stopped', weight: 2 },
  ],
};
const GIVES_NEWS: Record<CloseOutcome, number> = { helped: 0.45, no_solution: 0.3, unreachable: 0.1 };

const WRITES = 0.12;
const SAYS_NOBODY_CALLED = 0.4;
const WITHDRAWS = 0.025;
const ANSWERS = 0.35;
const HOUR = 3_600_000;

/**
 * What the holder of one project does on the follow-up page, beside what the partner does. Drawn apart, so that it changes
 * nothing of what partners do of the projects that stay.
 */
export const holderLife = ({ number, fate }: { number: number; fate: Fate }, desk: PastDesk) => {
  const chance = chanceOf(`holder ${number}`);
  const shownWithdrawn = fate === 'withdrawn';

  /** Moves to an instant before `end`. False when there is none, or when it is not in the past. */
  const moveWithin = async (end: Date): Promise<boolean> => {
    const left = end.getTime() - desk.clock().getTime();
    const at = new Date(desk.clock().getTime() + left * (0.1 + 0.8 * chance.draw()));
    return left > 0 && desk.moveTo(at);
  };

  const complain = async (end: Date): Promise<void> => {
    const promised = (await desk.referrals()).at(-1)?.callBy;
    if (!promised || !chance.happens(SAYS_NOBODY_CALLED)) return;
    const at = new Date(promised.getTime() + chance.between(14, 20) * HOUR);
    if (at > desk.clock() && at < end && (await desk.moveTo(at))) await desk.sayNobodyCalled();
  };

  return {
    /** Until `end`, while the project waits or is in hand. False once the holder has taken it back. */
    async meanwhile(end: Date): Promise<boolean> {
      if (chance.happens(WRITES) && (await moveWithin(end))) await desk.addMessage(chance.pick(MESSAGES));
      await complain(end);
      const withdraws = shownWithdrawn || (fate === 'as usual' && chance.happens(WITHDRAWS));
      if (!withdraws || !(await moveWithin(end))) return true;
      const [reason, words] = chance.pick(WITHDRAWING);
      await desk.withdrawProject({ reason, words });
      return false;
    },

    /** Once the follow-up has ended: an opinion some business days later, and six months later what became of it. */
    async lookBack(outcome: CloseOutcome): Promise<void> {
      const ended = desk.clock();
      if (chance.happens(ANSWERS)) {
        const asked = addBusinessDays(ended, chance.between(10, 13));
        const { calledBack, useful } = chance.pickWeighted(OPINIONS[outcome]);
        if (await desk.moveTo(asked)) await desk.answerSurvey({ calledBack, useful });
      }
      // Drawn apart, so that what is asked since changes nothing of the opinions.
      const later = chanceOf(`became ${number}`);
      if (!later.happens(GIVES_NEWS[outcome])) return;
      const { what } = later.pickWeighted(NEWS[outcome]);
      if (await desk.moveTo(addBusinessDays(addMonths(ended, 6), later.between(1, 8)))) await desk.sayWhatBecame(what);
    },
  };
};
