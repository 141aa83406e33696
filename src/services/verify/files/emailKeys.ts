import type { Fault, Invariant } from '../invariant.js';

interface Keyed {
  id: string;
  key: string;
  email: string;
  about: { kind: string; id: string };
  audience: string;
  occasion: string;
}

const keyOf = ({ email, about, audience, occasion }: Keyed): string =>
  [email, about.kind, about.id, audience, occasion].join(':');

const faultOf = (row: Keyed): Fault[] =>
  row.key === keyOf(row) ? [] : [{ id: row.id, what: `message ${row.email}\u00a0: sa clé est celle d’un autre` }];

const FIELDS = { key: 1, email: 1, about: 1, audience: 1, occasion: 1 } as const;

/** The store keeps one of each key: with the right key on each, none can be there twice. */
export const emailKeys: Invariant = {
  label: 'Un même message n’est prévu qu’une fois',
  severity: 'wrong',
  repair: null,
  inFile: ({ deliveries }) => deliveries.flatMap(faultOf),
  async *inStore({ everyRecord }, _standing, only) {
    const wanted = { collection: 'deliveries', fields: FIELDS, filter: { project: null }, only };
    for await (const page of everyRecord.pages<Omit<Keyed, 'id'> & { _id: string }>(wanted))
      yield* page.flatMap(({ _id: id, ...row }) => faultOf({ id, ...row }));
  },
};
