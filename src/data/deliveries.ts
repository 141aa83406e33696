import { type Connection, Schema } from 'mongoose';
import { type Delivery, isOwed, type PlannedDelivery, UNTRIED } from '../domain/emails/delivery.js';
import { underWayOn } from './deliveriesUnderWay.js';
import { deliveryReadsOn } from './deliveryReads.js';
import { digestDeliveries } from './digestDeliveries.js';
import { insertNew, newId } from './records.js';
import { toCallOn } from './toCallLines.js';

interface DeliveryRecord extends Omit<Delivery, 'id'> {
  _id: string;
  createdAt: Date;
  /** True until sent, cancelled or given up: what the sweep looks at. */
  owed: boolean;
  /** Which claim took it last. */
  claimedBy?: string | null;
}

const schema = new Schema<DeliveryRecord>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    email: { type: String, required: true },
    about: { type: { kind: String, id: String }, required: true, _id: false },
    project: { type: String, default: null },
    audience: { type: String, required: true },
    occasion: { type: String, required: true },
    due: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    owed: { type: Boolean, required: true },
    enqueuedAt: { type: Date, default: null },
    attempts: { type: Number, required: true },
    lockedUntil: { type: Date, default: null },
    claimedBy: { type: String },
    sentAt: { type: Date, default: null },
    messageId: { type: String, default: null },
    response: { type: String, default: null },
    failedBecause: { type: String, default: null },
    gaveUpAt: { type: Date, default: null },
    cancelledBecause: { type: String, default: null },
    toCall: { type: Object, default: null },
    lastAddress: { type: String, default: null },
    also: { type: [String], default: undefined },
  },
  { versionKey: false },
);
// The key tells the project: unique within it, it is unique.
schema.index({ project: 1, key: 1 }, { unique: true });
schema.index({ owed: 1, due: 1 });
schema.index({ sentAt: 1 });
schema.index({ gaveUpAt: -1, _id: 1 });
schema.index({ 'toCall.partner': 1, 'toCall.done': 1, 'toCall.since': 1, _id: 1 });

const fromRecord = ({ _id, createdAt: _c, owed: _o, claimedBy: _b, ...rest }: DeliveryRecord): Delivery => ({
  id: _id,
  ...rest,
  toCall: rest.toCall ?? null,
});

/** E-mails owed, under way, sent, cancelled or given up. */
export const deliveriesOn = (connection: Connection) => {
  const model = connection.model('Delivery', schema, 'deliveries');

  const planAll = async (plans: { planned: PlannedDelivery[]; at: Date }[]): Promise<string[][]> => {
    const lists = plans.map(({ planned, at }) =>
      planned.map((delivery) => ({ _id: newId(), ...delivery, ...UNTRIED, owed: true, createdAt: at })),
    );
    const added = new Set(await insertNew<DeliveryRecord>(model, lists.flat()));
    const isNewAndDue = (record: DeliveryRecord): boolean => added.has(record) && record.due <= record.createdAt;
    return lists.map((records) => records.filter(isNewAndDue).map(({ _id }) => _id));
  };

  return {
    model,
    ...toCallOn(model as never),
    ...deliveryReadsOn(model as never),
    ...digestDeliveries(model as never),
    ...underWayOn(model as never),

    /** Keeps each planned delivery once, however often it is planned. Gives the ids of those that are new and due. */
    plan: async (planned: PlannedDelivery[], at: Date): Promise<string[]> =>
      (await planAll([{ planned, at }]))[0] ?? [],

    /** The same for several plans in one write, in their order. */
    planAll,

    /** E-mails of the past: sent, cancelled, or owed later. */
    async insertAll(past: (Delivery & { createdAt: Date })[]): Promise<void> {
      await model.insertMany(past.map(({ id, ...rest }) => ({ _id: id, ...rest, owed: isOwed(rest) })));
    },

    /** Ids of what is due and not done, oldest first. */
    async due(now: Date, limit = 500): Promise<string[]> {
      const filter = {
        owed: true,
        due: { $lte: now },
        $or: [{ lockedUntil: null }, { lockedUntil: { $lte: now } }],
      };
      const rows = await model.find(filter, { _id: 1 }).sort({ due: 1 }).limit(limit).lean();
      return rows.map((row) => row._id);
    },

    async byId(id: string): Promise<Delivery | null> {
      const record = await model.findById(id).lean<DeliveryRecord>();
      return record && fromRecord(record);
    },

    /** The delivery that left under this Message-ID, with its angle brackets or without: it holds the delivery's own id. */
    async byMessageId(messageId: string): Promise<Delivery | null> {
      const id = /^<?([^@<>\s]+)@/.exec(messageId.trim())?.[1];
      const record = id === undefined ? null : await model.findById(id).lean<DeliveryRecord>();
      return record && fromRecord(record);
    },

    /** Nothing leaves about this project any more but what answers that event; what servers answered is forgotten. */
    async cancelOfProject(
      project: string,
      { because, exceptOccasion }: { because: string; exceptOccasion: string },
    ): Promise<void> {
      const others = { project, occasion: { $ne: exceptOccasion } };
      const cancelled = { owed: false, lockedUntil: null, cancelledBecause: because };
      await model.updateMany({ ...others, owed: true }, { $set: cancelled });
      await model.updateMany(others, { $set: { response: null, failedBecause: null, toCall: null } });
    },

    /** The e-mails of a project, oldest first. */
    async ofProject(project: string): Promise<Delivery[]> {
      const found = (await model.find({ project }).lean()).map(fromRecord);
      return found.sort((a, b) => a.due.getTime() - b.due.getTime());
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
