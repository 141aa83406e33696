import { Schema } from 'mongoose';
import type { EmailPreferences } from '../domain/emails/preferences.js';
import type { Account, Role } from '../domain/referrals/access.js';
import type { Competences } from '../domain/referrals/assignment.js';
import type { MailRefusal } from '../domain/referrals/referral.js';

/** An account as the store keeps it. */
export interface AccountRecord extends Omit<Account, 'id'> {
  _id: string;
  passwordHash: string;
  active: boolean;
  demo: boolean;
  /** Missing from accounts opened before there were any. */
  competences?: Competences;
  lastGivenAt?: Date | null;
  /** Missing until they are chosen. */
  preferences?: EmailPreferences | null;
  mailRefused?: MailRefusal | null;
  /** Missing where there is none. */
  secondFactor?: SecondFactor | null;
  passwordChangedAt?: Date | null;
  invitedAt?: Date | null;
  closedAt?: Date | null;
  erasedAt?: Date | null;
  /** The partner whose projects are still to be handed over to others. */
  leaving?: string | null;
}

/** The second factor of an account, as it is kept: never given to a screen. */
export interface SecondFactor {
  /** The secret shared with the telephone, sealed. */
  sealed: string;
  setAt: Date;
  /** The latest half minute whose code was used: neither it nor an earlier one is good again. */
  lastStep: number;
  recovery: RecoveryCodes;
}

/** Codes for when the telephone is lost: their hashes with one salt, each until it is used. */
export interface RecoveryCodes {
  salt: string;
  hashes: string[];
}

/** Nothing declared: whatever comes. */
export const EVERYTHING: Competences = { needs: [], epcis: [] };

export const accountSchema = new Schema<AccountRecord>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    partner: { type: String, default: null },
    passwordHash: { type: String, required: true },
    active: { type: Boolean, required: true },
    demo: { type: Boolean, required: true },
    competences: { type: Object, default: () => ({ ...EVERYTHING }) },
    lastGivenAt: { type: Date, default: null },
    preferences: { type: Object, default: null },
    mailRefused: { type: Object, default: null },
    secondFactor: { type: Object, default: null },
    passwordChangedAt: { type: Date, default: null },
    invitedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    erasedAt: { type: Date, default: null },
    leaving: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
accountSchema.index({ role: 1, partner: 1, _id: 1 });
accountSchema.index({ 'mailRefused.at': 1 }, { sparse: true });
accountSchema.index({ closedAt: 1 });
accountSchema.index({ leaving: 1 }, { partialFilterExpression: { leaving: { $gt: '' } } });

/** A partner's advisors and leads in use. */
export const teamAt = (partner: string) => ({
  role: { $in: ['advisor', 'lead'] satisfies Role[] },
  partner,
  active: true,
});

/** An account as the rest of the desk knows it. */
export const fromRecord = ({ _id, name, email, role, partner }: AccountRecord): Account => ({
  id: _id,
  name,
  email,
  role,
  partner,
});
