import { setTimeout } from 'node:timers/promises';
import type { PublicSite, SavedPublicSite } from '../data/publicSite.js';
import { settingsChanged } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import { Forbidden } from '../errors.js';
import type { Parts } from './parts.js';

export type { PublicSite, SavedPublicSite, Signatory } from '../data/publicSite.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'note' | 'publicSite'>;

/** What managers say on the public pages; empty texts and lists until somebody has filled them in. */
export const readPublicSite =
  ({ publicSite }: Pick<Parts, 'publicSite'>) =>
  (): Promise<SavedPublicSite> =>
    publicSite.read();

/** Milliseconds that a page which is the same for everybody waits for what managers say on it. */
const PATIENCE = 1000;

const isSame = (one: SavedPublicSite, other: SavedPublicSite | null): boolean =>
  one.version === other?.version && one.updatedAt?.getTime() === other.updatedAt?.getTime();

/**
 * The same for pages that have more to say than this: what this process read last when the store is away or slow; null when it
 * has read nothing yet. Never throws. The same object as before, as long as nobody has changed it.
 */
export const publicSiteAsKnown = ({
  publicSite,
}: Pick<Parts, 'publicSite'>): (() => Promise<SavedPublicSite | null>) => {
  let last: SavedPublicSite | null = null;
  return async () => {
    const read = publicSite.read().then(
      (site) => {
        if (!isSame(site, last)) last = site;
      },
      () => undefined,
    );
    await Promise.race([read, setTimeout(PATIENCE, undefined, { ref: false })]);
    return last;
  };
};

export type SaveOutcome =
  | { kind: 'saved' }
  /** Somebody was faster: who, when, and what the pages say now. Nothing was written. */
  | { kind: 'changed'; by: string | null; at: Date | null; site: SavedPublicSite };

/** Replaces what the public pages say, from the version that the manager saw. Throws Forbidden for other roles. */
export const savePublicSite =
  ({ accounts, clock, note, publicSite }: Needs) =>
  async (by: Account, changes: PublicSite, version: number): Promise<SaveOutcome> => {
    if (!may(by, 'editPublicSite')) throw new Forbidden();
    if (await publicSite.save(version, changes, by.id, clock())) {
      await note(settingsChanged(by, 'public-site'));
      return { kind: 'saved' };
    }
    const site = await publicSite.read();
    const [who] = site.updatedBy ? await accounts.byIds([site.updatedBy]) : [];
    return { kind: 'changed', by: who?.name ?? null, at: site.updatedAt, site };
  };
