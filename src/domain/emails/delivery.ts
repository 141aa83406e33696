import type { EmailId } from './catalogue.js';

/** Whom an e-mail is for: a role, never an address. Addresses are looked up at the moment of sending. */
export type Audience = 'holder' | 'advisor' | 'manager';

/** An e-mail owed. Its key (e-mail, kind and id of its subject, audience, occasion) is unique: planned twice, kept once. */
export interface PlannedDelivery {
  key: string;
  email: EmailId;
  /** What it is about. */
  about: { kind: 'project' | 'referral'; id: string };
  project: string;
  audience: Audience;
  /** Id of the event that it answers, and a step number when one event leads to several. */
  occasion: string;
  /** Not to leave before this instant. */
  due: Date;
}

/** The record of one e-mail, from owed to sent or cancelled. */
export interface Delivery extends PlannedDelivery {
  id: string;
  attempts: number;
  /** While an attempt is under way, nobody else starts one before this instant. */
  lockedUntil: Date | null;
  sentAt: Date | null;
  messageId: string | null;
  /** The mail server's answer. */
  response: string | null;
  failedBecause: string | null;
  cancelledBecause: string | null;
}
