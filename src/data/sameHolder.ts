import type { Model } from 'mongoose';
import type { Project } from '../domain/referrals/referral.js';

/** What another project of the same person is recognised by. */
export type OtherProject = Pick<Project, 'id' | 'reference' | 'submittedAt' | 'state'> & { title: string };

interface Held {
  _id: string;
  reference: string;
  submittedAt: Date;
  state: Project['state'];
  facts: { title: string };
  contactKey: string | null;
  siret: string | null;
}

/** Other projects shown on a sheet, at most: by address, and by SIRET. */
const AT_MOST = 20;
const SHOWN = { reference: 1, submittedAt: 1, state: 1, 'facts.title': 1 } as const;

/** Projects sent from one address, or for one establishment. Part of the repository of projects. */
export const sameHolder = (model: Pick<Model<Held>, 'find' | 'findById'>) => ({
  /** Newest first; not this one, nor those that were erased. */
  async ofSameHolder(id: string): Promise<OtherProject[]> {
    const own = await model.findById(id, { contactKey: 1, siret: 1 }).lean<Held>();
    const keys = [own?.contactKey && { contactKey: own.contactKey }, own?.siret && { siret: own.siret }];
    const found = new Map<string, Held>();
    for (const key of keys) {
      if (!key) continue;
      const records = await model
        .find({ ...key, erasedAt: null } as object, SHOWN)
        .sort({ submittedAt: -1 })
        .limit(AT_MOST)
        .lean<Held[]>();
      for (const record of records) found.set(record._id, record);
    }
    found.delete(id);
    return [...found.values()]
      .sort((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())
      .map(({ _id, reference, submittedAt, state, facts }) => ({
        id: _id,
        reference,
        submittedAt,
        state,
        title: facts.title,
      }));
  },
});
