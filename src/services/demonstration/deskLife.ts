import { nextBusinessInstant } from '../../domain/calendar/businessTime.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Referral } from '../../domain/referrals/referral.js';
import { type Chance, chanceOf } from './chance.js';
import type { PastDesk } from './pastDesk.js';

const QUESTIONS = [
  'Combien de personnes travaillent avec vous aujourd’hui ?',
  'Avez-vous déjà un local en vue, et de quelle surface ?',
  'Pour quelle date voulez-vous que ce soit prêt ?',
] as const;
const ANSWERS = ['Nous sommes trois, et bientôt quatre.', 'Rien de sûr. Avant l’été, ce serait bien.'] as const;

const LETTERS = [
  'Je vous envoie le nom de la personne à appeler à la pépinière. Elle attend votre appel.',
  'Une réunion sur les aides à l’innovation a lieu mardi à 18 h, ouverte à tous. Elle devrait vous servir.',
  'J’ai transmis votre plan à un collègue qui connaît bien ce métier. Il le lit cette semaine.',
] as const;

const SENDS_WORD = 0.25;
const GIVES_BACK = 0.04;
const HANDS_OVER = 0.08;
const ASKS = 0.12;
const IS_ANSWERED = 0.7;
const MINUTE = 60_000;

/**
 * What advisors do in the hours after they have taken a project: calls, questions, a colleague who takes over. Drawn apart,
 * like the life of its holder.
 */
export const deskLife = ({ number }: { number: number }, { desk, staff }: { desk: PastDesk; staff: Account[] }) => {
  const chance = chanceOf(`desk ${number}`);

  const passes = (by: Chance = chance): Promise<boolean> =>
    desk.moveTo(nextBusinessInstant(new Date(desk.clock().getTime() + by.between(10, 50) * MINUTE)));

  const latest = async (): Promise<Referral | undefined> => (await desk.referrals()).at(-1);

  const callsAndAsks = async (taken: Referral, by: Account): Promise<void> => {
    let now = taken;
    const seen = () => ({ id: now.id, version: now.version, by });
    for (let calls = chance.between(0, 2); calls > 0; calls -= 1) {
      if (!(await passes())) return;
      const result = calls === 1 ? 'reached' : chance.pick(['no-answer', 'message'] as const);
      now = await desk.logCall(seen(), { result, words: null });
    }
    const colleagues = staff.filter(({ id, partner }) => partner === now.partner && id !== by.id);
    if (chance.happens(HANDS_OVER) && colleagues.length > 0 && (await passes()))
      now = await desk.transferReferral(seen(), { to: chance.pick(colleagues).id });
    if (chance.happens(GIVES_BACK) && (await passes())) {
      now = await desk.releaseReferral(seen());
      now = await desk.takeReferral(seen());
    }
    if (!chance.happens(ASKS) || !(await passes())) return;
    await desk.askHolder(seen(), { question: chance.pick(QUESTIONS) });
    if (chance.happens(IS_ANSWERED) && (await passes())) await desk.addMessage(chance.pick(ANSWERS));
  };

  return {
    /** Does a partner that does not keep it send it on by itself? */
    sendsOn: (): boolean => chance.happens(0.4),

    async atWork(taken: Referral, by: Account): Promise<void> {
      await callsAndAsks(taken, by);
      // Drawn apart: what was told before stays.
      const letter = chanceOf(`letter ${number}`);
      if (!letter.happens(SENDS_WORD) || !(await passes(letter))) return;
      const { id, version } = (await latest()) ?? taken;
      await desk.writeToHolder({ id, version, by }, { words: letter.pick(LETTERS) });
    },

    /** As it stands now: a holder's answer changes it too. */
    latest,
  };
};
