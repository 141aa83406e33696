import { Schema } from 'mongoose';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { indexDue } from './dueReferrals.js';

/** A referral as the store keeps it. */
export interface ReferralRecord extends Omit<Referral, 'id'> {
  _id: string;
  outbox: ProjectEvent[];
}

/** How referrals are kept, and the indexes that lists read. */
export const referralSchema = new Schema<ReferralRecord>(
  {
    _id: { type: String, required: true },
    project: { type: String, required: true },
    partner: { type: String, required: true },
    role: { type: String, required: true },
    sequence: { type: Number, required: true },
    state: { type: String, required: true },
    basket: { type: String, required: true },
    about: { type: Object, required: true },
    version: { type: Number, required: true },
    sentAt: { type: Date, required: true },
    callBy: { type: Date, required: true },
    assignee: { type: String, default: null },
    assignedBecause: { type: Object, default: null },
    takenBy: { type: String, default: null },
    takenAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    declineReason: { type: String, default: null },
    outcome: { type: String, default: null },
    help: { type: String, default: null },
    asked: { type: Object, default: null },
    attempts: { type: Number, required: true },
    appointment: { type: Object, default: null },
    changedAt: { type: Date, required: true },
    actedAt: { type: Date, default: null },
    notes: { type: [Object], required: true },
    demo: { type: Boolean, required: true },
    outbox: { type: [Object], required: true },
  },
  { versionKey: false, minimize: false },
);
referralSchema.index({ project: 1, role: 1, sequence: 1 }, { unique: true });
referralSchema.index({ partner: 1, basket: 1, callBy: 1, _id: 1 });
referralSchema.index({ partner: 1, basket: 1, closedAt: -1, _id: -1 });
referralSchema.index({ partner: 1, sentAt: -1, _id: -1 }, { partialFilterExpression: { basket: 'associes' } });
// The filters that people use most, on what is open: the rest of a million referrals is not in these indexes.
for (const filter of ['assignee', 'about.need', 'about.epci'])
  referralSchema.index(
    { partner: 1, basket: 1, [filter]: 1, callBy: 1, _id: 1 },
    { partialFilterExpression: { basket: { $in: ['a-prendre', 'en-cours', 'en-attente'] } } },
  );
referralSchema.index({ partner: 1, 'about.words': 1, sentAt: -1, _id: -1 });
referralSchema.index({ partner: 1, changedAt: -1 });
referralSchema.index({ assignee: 1, state: 1 });
referralSchema.index({ 'outbox.at': 1 }, { sparse: true });
indexDue(referralSchema as never);

/** A referral without what only the store needs. */
export const fromRecord = ({ _id, outbox: _o, ...rest }: ReferralRecord): Referral => ({ id: _id, ...rest });
