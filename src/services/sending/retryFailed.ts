import { rowOf } from '../../domain/emails/catalogue.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'enqueue' | 'projects'>;

/** Looked at in one go. */
const BATCH = 500;

const check = (reader: Account): void => {
  if (!may(reader, 'seeOperations')) throw new Forbidden();
};

/** Of what was given up: what may be tried again, and what stays out, since its address is marked or forgotten. */
const sorted = async ({ accounts, projects }: Needs, failed: Delivery[]) => {
  const ofHolder = ({ audience }: Delivery): boolean => audience === 'holder';
  const projectIds = failed.filter(ofHolder).flatMap(({ project }) => project ?? []);
  const marked = new Set(await projects.mailRefusedAmong(projectIds));
  const own = failed.filter(({ audience }) => audience === 'account').map(({ about }) => about.id);
  const states = await accounts.emailStateOf(own);
  const staysOut = (delivery: Delivery): boolean => {
    const { audience, about, email, lastAddress, project } = delivery;
    if (audience === 'account') return Boolean(states.get(about.id)?.mailRefused);
    // Its address was kept for this one e-mail, and went with the last try.
    if (rowOf(email).stillWanted === 'once erased') return lastAddress === null;
    return audience === 'holder' && project !== null && marked.has(project);
  };
  return { again: failed.filter((delivery) => !staysOut(delivery)), out: failed.filter(staysOut) };
};

/** What "tout reprendre" would do; COUNTED + 1 stand for more. */
export interface Retry {
  again: number;
  out: number;
}

/** Counts what it would do, to be confirmed. Throws Forbidden for who may not see the operations. */
export const readRetry =
  (parts: Needs) =>
  async (reader: Account): Promise<Retry> => {
    check(reader);
    const { again, out } = await sorted(parts, await parts.deliveries.gaveUp(COUNTED + 1));
    return { again: again.length, out: out.length };
  };

/**
 * Owes again all that was given up, with all its tries; not what goes to an address marked as one that does not receive.
 * Gives how many will be tried. Whether each is still wanted is asked when it leaves.
 */
export const retryFailed =
  (parts: Needs) =>
  async (by: Account): Promise<number> => {
    check(by);
    const { clock, deliveries, enqueue } = parts;
    let left = 0;
    let owed = 0;
    for (;;) {
      const failed = await deliveries.gaveUp(BATCH, left);
      const { again, out } = await sorted(parts, failed);
      const ids = again.map(({ id }) => id);
      const taken = await deliveries.oweAgain(ids, clock());
      if (taken > 0) await enqueue(ids);
      owed += taken;
      left += out.length;
      if (failed.length < BATCH || taken + out.length === 0) return owed;
    }
  };
