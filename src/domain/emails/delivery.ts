import type { EmailId } from './catalogue.js';

/**
 * Whom an e-mail is for: a role, or the account that it is about; never an address. Addresses are looked up at the moment of
 * sending.
 */
export type Audience = 'holder' | 'advisor' | 'lead' | 'manager' | 'account';

/** An e-mail owed. Its key (e-mail, kind and id of its subject, audience, occasion) is unique: planned twice, kept once. */
export interface PlannedDelivery {
  key: string;
  email: EmailId;
  /** What it is about. */
  about: { kind: 'project' | 'referral' | 'draft' | 'account'; id: string };
  /** Null for a draft or an account. */
  project: string | null;
  audience: Audience;
  /**
   * Id of the event that it answers; the business day for what leaves once a day or belongs to the timetable; `once` for what
   * is sent only once. "#2" after it: the second of those that come again; "~" and an id: sent again by hand.
   */
  occasion: string;
  /** Not to leave before this instant. */
  due: Date;
  /** Where to write once the project's own address is erased; forgotten when the e-mail is sent, cancelled or given up. */
  lastAddress: string | null;
}

/** Id of the event that an e-mail answers. */
export const eventOf = ({ occasion }: Pick<PlannedDelivery, 'occasion'>): string => occasion.replace(/[#~].*$/, '');

/** Which one it is of those that come again: 1, 2… */
export const stepOf = ({ occasion }: Pick<PlannedDelivery, 'occasion'>): number =>
  Number(/#(\d+)/.exec(occasion)?.[1] ?? 1);

/** Sent again because somebody asked for it. */
export const isByHand = ({ occasion }: Pick<PlannedDelivery, 'occasion'>): boolean => occasion.includes('~');

/** Says it when no partner has the project: managers, who have none. */
export const MANAGERS = 'managers';

/** Instead of an e-mail, for a holder without an address: somebody says it on the telephone. */
export interface ToCall {
  since: Date;
  /** Whose people say it; MANAGERS when no partner has the project. */
  partner: string;
  /** When it was said, and by which account. */
  done: Date | null;
  by: string | null;
}

/** The record of one e-mail, from owed to sent or cancelled. */
export interface Delivery extends PlannedDelivery {
  id: string;
  /** When the queue was last told; null: not yet, or no longer in the queue. */
  enqueuedAt: Date | null;
  attempts: number;
  /** While an attempt is under way, nobody else starts one before this instant. */
  lockedUntil: Date | null;
  sentAt: Date | null;
  messageId: string | null;
  /** The mail server's answer. */
  response: string | null;
  failedBecause: string | null;
  /** When the last try failed: a dead letter, until somebody tries again. */
  gaveUpAt: Date | null;
  cancelledBecause: string | null;
  /** Ids of the events before its own that it names: their e-mails leave in this one. Missing for most. */
  also?: string[];
  /** Null for what leaves as an e-mail. */
  toCall: ToCall | null;
}

/** Of an e-mail that is owed, before anything was tried. */
export const UNTRIED = {
  enqueuedAt: null,
  attempts: 0,
  lockedUntil: null,
  sentAt: null,
  messageId: null,
  response: null,
  failedBecause: null,
  gaveUpAt: null,
  cancelledBecause: null,
  toCall: null,
} as const satisfies Partial<Delivery>;

/** Still to leave: neither sent, told on the telephone, given up nor cancelled. */
export const isOwed = (delivery: Pick<Delivery, 'sentAt' | 'cancelledBecause' | 'gaveUpAt' | 'toCall'>): boolean =>
  !delivery.sentAt && !delivery.cancelledBecause && !delivery.gaveUpAt && !delivery.toCall;
