import type { Invariant } from '../invariant.js';

export const notesPoint: Invariant = {
  label: 'Une note nomme une mise en relation qui existe',
  severity: 'wrong',
  repair: null,
  async *inStore({ everyRecord }, _standing, only) {
    const wanted = { collection: 'notes', fields: { referral: 1 }, only } as const;
    for await (const page of everyRecord.pages<{ _id: string; referral: string }>(wanted)) {
      const ids = [...new Set(page.map(({ referral }) => referral))];
      const there = await everyRecord.existing('referrals', ids);
      for (const { _id: id, referral } of page)
        if (!there.has(referral)) yield { id, what: `mise en relation ${referral} introuvable` };
    }
  },
};
