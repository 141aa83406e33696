import { Schema } from 'mongoose';
import type { Project, ProjectEvent } from '../domain/referrals/referral.js';
import { indexAged } from './agedProjects.js';

/** A project as the store keeps it. */
export interface ProjectRecord extends Omit<Project, 'id'> {
  _id: string;
  /** The draft that it was submitted from: the same draft never makes two projects. */
  draft: string;
  /** Grows with each change of the main referral, so that a late step never brings an old state back. */
  stateRank: number;
  /** When it came into its state: triage shows first what has waited longest. */
  stateSince: Date;
  /** Events written with the project in one durable write, not yet carried out. */
  outbox: ProjectEvent[];
  /** Hash of the holder's address in small letters: finds their projects; gone with erasure. */
  contactKey: string | null;
  /** The same of the telephone number. */
  phoneKey: string | null;
  /** From erasure until the last e-mail is owed. */
  lastAddress: string | null;
}

/** How projects are kept, and the indexes that lists read. */
export const projectSchema = new Schema<ProjectRecord>(
  {
    _id: { type: String, required: true },
    draft: { type: String, required: true, unique: true },
    reference: { type: String, required: true, unique: true },
    submittedAt: { type: Date, required: true },
    questionnaireVersion: { type: String, required: true },
    language: { type: String, required: true },
    facts: { type: Object, required: true },
    organisation: { type: String, default: null },
    contact: { type: Object, required: true },
    answers: { type: [Object], required: true },
    siret: { type: String, default: null },
    link: { type: String, default: null },
    inTouchWith: { type: [String], required: true },
    decision: { type: Object, required: true },
    state: { type: String, required: true },
    stateRank: { type: Number, required: true },
    stateSince: { type: Date, default: null },
    channel: { type: String, default: null },
    consent: { type: Object, default: null },
    override: { type: Object, default: null },
    closing: { type: Object, default: null },
    flags: { type: [String], required: true },
    messages: { type: [Object], required: true },
    survey: { type: Object, default: null },
    became: { type: Object, default: null },
    questionsRefusedAt: { type: Date, default: null },
    mailRefused: { type: Object, default: null },
    withdrawnAt: { type: Date, default: null },
    erasedAt: { type: Date, default: null },
    demo: { type: Boolean, required: true },
    outbox: { type: [Object], required: true },
    contactKey: { type: String, default: null },
    phoneKey: { type: String, default: null },
    lastAddress: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
projectSchema.index({ state: 1, submittedAt: 1 });
projectSchema.index({ state: 1, stateSince: 1, _id: 1 });
projectSchema.index({ submittedAt: 1, _id: 1 });
indexAged(projectSchema as never);
projectSchema.index({ 'outbox.at': 1 }, { sparse: true });
projectSchema.index({ 'mailRefused.at': 1 }, { sparse: true });
projectSchema.index({ contactKey: 1, submittedAt: -1 });
projectSchema.index({ phoneKey: 1, submittedAt: -1 });
projectSchema.index({ siret: 1, submittedAt: -1 });

/** Without what only the store needs to know. */
export const fromRecord = (record: ProjectRecord): Project => {
  const {
    _id,
    draft: _d,
    outbox: _o,
    stateRank: _s,
    stateSince: _t,
    contactKey: _c,
    phoneKey: _p,
    lastAddress: _l,
    ...rest
  } = record;
  const consent = rest.consent ?? { by: null, at: rest.submittedAt, how: 'form' as const };
  return { id: _id, ...rest, consent, override: rest.override ?? null };
};
