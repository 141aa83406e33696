import type { Connection } from 'mongoose';
import type { AuditLine } from '../domain/audit/chain.js';

type Held = { _id: string };

/** A line of the audit log, without what chains it. */
export type AuditTrace = Pick<AuditLine, 'at' | 'act' | 'about' | 'detail'>;

/** What stands in the place of the name of an account that was erased; its acts keep its id. */
export const ERASED_NAME = 'Compte effacé';

/** Nobody receives there (RFC 2606), and each erased account has its own. */
const addressOf = (id: string): string => `${id}@efface.invalid`;

/** What the store holds of somebody of the staff, for when that person asks, or is forgotten. */
export const staffTracesOn = (connection: Connection) => {
  const all = (collection: string) => connection.collection<Held>(collection);

  return {
    /** Replaces who it is on a closed account by nobody; false when it is open, unknown, or erased already. */
    async erase(id: string, at: Date): Promise<boolean> {
      const nobody = {
        name: ERASED_NAME,
        email: addressOf(id),
        passwordHash: '',
        secondFactor: null,
        preferences: null,
        mailRefused: null,
        competences: { needs: [], epcis: [] },
        erasedAt: at,
      };
      const closed = { _id: id, active: false, erasedAt: null };
      return (await all('accounts').updateOne(closed, { $set: nobody })).modifiedCount === 1;
    },

    /** How an account stands; null when there is none. */
    async standingOf(id: string): Promise<'open' | 'closed' | 'erased' | null> {
      const fields = { projection: { active: 1, erasedAt: 1 } };
      const record = await all('accounts').findOne({ _id: id }, fields);
      if (!record) return null;
      const { active, erasedAt } = record as unknown as { active: boolean; erasedAt?: Date | null };
      if (erasedAt) return 'erased';
      return active ? 'open' : 'closed';
    },

    /** Ids of accounts closed before an instant and not erased. */
    async closedBefore(before: Date, limit: number): Promise<string[]> {
      const filter = { active: false, erasedAt: null, closedAt: { $lt: before } };
      const found = await all('accounts')
        .find(filter, { projection: { _id: 1 }, limit })
        .toArray();
      return found.map(({ _id }) => _id);
    },

    /** Takes away what only served this person, and the name where it was copied. Done twice, it changes nothing. */
    async forget(id: string): Promise<void> {
      await all('absences').deleteMany({ _id: id });
      for (const collection of ['savedViews', 'noteDrafts', 'counterDrafts', 'links', 'sessions', 'providerIdentities'])
        await all(collection).deleteMany({ account: id });
      await all('exports').deleteMany({ by: id });
      await all('reports').updateMany({ 'by.id': id }, { $set: { 'by.name': ERASED_NAME } });
    },

    /** Lines of the audit log that this person wrote, or that are about the account, latest first. */
    async auditOf(id: string, limit: number): Promise<AuditTrace[]> {
      const lines = connection.collection<AuditTrace & { _id: number }>('auditLines');
      const sides = [{ 'actor.account': id }, { 'about.kind': 'account', 'about.id': id }];
      const found = await Promise.all(
        sides.map((side) =>
          lines
            .find(side as never)
            .sort({ at: -1, _id: -1 })
            .limit(limit)
            .toArray(),
        ),
      );
      const all = new Map(found.flat().map((line) => [line._id, line]));
      return [...all.values()]
        .sort((a, b) => b._id - a._id)
        .slice(0, limit)
        .map(({ at, act, about, detail }) => ({ at, act, ...(about && { about }), ...(detail && { detail }) }));
    },

    /** What happened to projects by this person's hand: how many of each kind. */
    async countActs(id: string): Promise<Map<string, number>> {
      const groups = connection
        .collection('events')
        .aggregate<{ _id: string; count: number }>([
          { $match: { 'actor.account': id } },
          { $group: { _id: '$type', count: { $sum: 1 } } },
        ]);
      return new Map((await groups.toArray()).map(({ _id, count }) => [_id, count]));
    },
  };
};
