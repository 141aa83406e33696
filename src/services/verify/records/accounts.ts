import { completeDepartures } from '../../accounts/closeAccount.js';
import { settle } from '../../settle.js';
import type { Fault, Invariant, VerifyParts } from '../invariant.js';
import type { Standing } from '../standing.js';

const uniqueOf = (faults: Fault[]): string[] => [...new Set(faults.flatMap(({ of }) => of ?? []))];

/** Records of a collection that belong to an account which is closed, or is not there. */
async function* ofTheGone(
  { everyRecord }: VerifyParts,
  { people }: Standing,
  wanted: { collection: string; filter: Record<string, unknown>; only?: string[] | undefined; what: string },
): AsyncGenerator<Fault> {
  const { what, ...rest } = wanted;
  for await (const page of everyRecord.pages<{ _id: string; account: string }>({ ...rest, fields: { account: 1 } }))
    for (const { _id: id, account } of page)
      if (!people.get(account)?.active) yield { id, what: `${what} de ${account}`, of: account };
}

export const departures: Invariant = {
  label: 'Les projets de qui est parti sont passés à d’autres',
  severity: 'loss',
  repair: {
    by: 'le départ est mené à son terme',
    run: async (parts) => {
      const { settleReferral } = settle(parts);
      await completeDepartures({ ...parts, settleReferral })();
    },
  },
  async *inStore(_parts, { people }, only) {
    for (const [id, { leaving }] of people)
      if (leaving && (!only || only.includes(id))) yield { id, what: `départ de ${leaving} à moitié fait` };
  },
};

export const sessionsOfTheGone: Invariant = {
  label: 'Personne n’est connecté à un compte fermé',
  severity: 'remains',
  repair: {
    by: 'la connexion est terminée',
    run: async ({ endSessions }, faults) => {
      for (const account of uniqueOf(faults)) await endSessions(account);
    },
  },
  async *inStore(parts, standing, only) {
    const filter = { account: { $ne: null }, endedAt: null, expiresAt: { $gt: standing.now } };
    yield* ofTheGone(parts, standing, { collection: 'sessions', filter, only, what: 'connexion' });
  },
};

const KEYS = ['invitation', 'sign-in', 'reset'];

export const keysOfTheGone: Invariant = {
  label: 'Aucun lien n’ouvre un compte fermé',
  severity: 'remains',
  repair: {
    by: 'le lien est retiré',
    run: async ({ clock, links }, faults) => {
      for (const account of uniqueOf(faults)) await links.revokeKeysOf(account, clock());
    },
  },
  async *inStore(parts, standing, only) {
    const filter = { purpose: { $in: KEYS }, revokedAt: null, expiresAt: { $gt: standing.now } };
    yield* ofTheGone(parts, standing, { collection: 'links', filter, only, what: 'lien' });
  },
};
