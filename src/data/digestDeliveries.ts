import type { Model } from 'mongoose';
import type { Delivery } from '../domain/emails/delivery.js';

type Row = Pick<Delivery, 'project' | 'key' | 'occasion' | 'sentAt'>;

/** What digests ask of deliveries. Part of their repository. */
export const digestDeliveries = (model: Pick<Model<Row>, 'countDocuments' | 'find'>) => ({
  /** The same e-mail to the same reader on other days, from the day `since` ("2026-12-08") on. */
  async onOtherDays({ key, occasion }: Pick<Delivery, 'key' | 'occasion'>, since: string): Promise<Row[]> {
    const same = key.slice(0, key.length - occasion.length);
    const range = { $gte: same + since, $lt: `${same}~` };
    const rows = await model
      .find({ project: null, key: range }, { _id: 0, key: 1, occasion: 1, sentAt: 1 })
      .lean<Row[]>();
    return rows.filter((other) => other.key !== key);
  },

  /** How many e-mails were given up in this time. */
  countGivenUp: (from: Date, to: Date): Promise<number> =>
    model.countDocuments({ gaveUpAt: { $gte: from, $lt: to } } as object),
});
