import { listRead } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import { MOST_AT_ONCE } from '../domain/referrals/queueFilters.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Forbidden, Invalid, KnownError } from '../errors.js';
import { logger } from '../logger.js';
import type { acts } from './acts.js';
import type { Closing } from './closeReferral.js';
import type { Parts } from './parts.js';

/** A referral as it was seen in the queue. */
export interface Chosen {
  id: string;
  version: number;
}

/** What is done to each of them. */
export type ManyAct =
  | { act: 'take' }
  | { act: 'transfer'; to: string }
  | ({ act: 'close' } & Pick<Closing, 'outcome' | 'help' | 'words'>);
export type ManyActName = ManyAct['act'];

/** What became of one: `why` says in words what prevented it, null once it is done. No words of the holder. */
export interface ManyLine {
  id: string;
  why: string | null;
}

type OneByOne = Pick<ReturnType<typeof acts>, 'takeReferral' | 'transferReferral' | 'closeReferral'>;

const OUR_FAULT = 'Ce service a eu un problème. Réessayez pour ce projet.';

/** Each once, as first named. Throws Invalid, saying what to do, when there are none or too many. */
const checkChosen = (chosen: Chosen[]): Chosen[] => {
  const each = [...new Map(chosen.toReversed().map((one) => [one.id, one])).values()].reverse();
  if (each.length === 0) throw new Invalid('Cochez au moins un projet dans la liste.');
  if (each.length > MOST_AT_ONCE) throw new Invalid(`Choisissez ${MOST_AT_ONCE} projets au plus.`);
  return each;
};

/**
 * Does one act on several referrals, each by the service of the single act, with its guard: what one cannot have done to it
 * does not prevent the others. Gives a line for each, in their order. Done twice with the same versions, it is done once.
 */
export const actOnMany = ({ takeReferral, transferReferral, closeReferral }: OneByOne) => {
  const one = (seen: Chosen & { by: Account }, asked: ManyAct): Promise<Referral> => {
    if (asked.act === 'take') return takeReferral(seen);
    if (asked.act === 'transfer') return transferReferral(seen, { to: asked.to });
    return closeReferral(seen, asked);
  };
  const tryOne = async (seen: Chosen & { by: Account }, asked: ManyAct): Promise<ManyLine> => {
    try {
      await one(seen, asked);
      return { id: seen.id, why: null };
    } catch (error) {
      if (error instanceof KnownError) return { id: seen.id, why: error.words.message.fr };
      logger.error({ err: error, id: seen.id }, 'could not act on one of many');
      return { id: seen.id, why: OUR_FAULT };
    }
  };
  return async (by: Account, chosen: Chosen[], asked: ManyAct): Promise<ManyLine[]> => {
    const lines: ManyLine[] = [];
    for (const { id, version } of checkChosen(chosen)) lines.push(await tryOne({ id, version, by }, asked));
    return lines;
  };
};

/**
 * The chosen referrals as they are now, in their order, for the pages that ask and that tell. Those of other partners, and
 * those that do not exist, are left out alike.
 */
export const readMany =
  ({ note, referrals }: Pick<Parts, 'note' | 'referrals'>) =>
  async (reader: Account, ids: string[]): Promise<Referral[]> => {
    if (!reader.partner || !may(reader, 'seeQueue', reader.partner)) throw new Forbidden();
    const found = await referrals.ownAmong(reader.partner, ids.slice(0, MOST_AT_ONCE));
    await note(listRead(reader, 'bulk', found.length));
    return found;
  };
