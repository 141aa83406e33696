import type { PurgeProof } from '../../data/purges.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

/** What the register of processing tells beside the table: who answers for it, and what was erased last. */
export interface Processing {
  /** Who publishes the service, and where to write about one's data; empty: nobody has filled it in yet. */
  controller: string;
  contact: string;
  host: string;
  /** Latest first. */
  proofs: PurgeProof[];
}

/** Proofs shown: about a month of them. */
const SHOWN = 60;

/** Throws Forbidden for who may not see the register. */
export const readProcessing =
  ({ publicSite, purges }: Pick<Parts, 'publicSite' | 'purges'>) =>
  async (reader: Account): Promise<Processing> => {
    if (!may(reader, 'seeProcessing')) throw new Forbidden();
    const { publisher, contact, host } = await publicSite.read();
    return { controller: publisher, contact, host, proofs: await purges.latest(SHOWN) };
  };
