import { basketOf } from './lifecycle.js';
import type { Referral } from './referral.js';

type Given = Pick<
  Referral,
  | 'id'
  | 'project'
  | 'partner'
  | 'role'
  | 'sequence'
  | 'state'
  | 'about'
  | 'sentAt'
  | 'callBy'
  | 'assignee'
  | 'assignedBecause'
  | 'demo'
>;

/** A referral as it reaches its partner: nobody has done anything with it. */
export const newReferral = (given: Given): Referral => ({
  ...given,
  basket: basketOf({ state: given.state, asked: null }),
  version: 1,
  takenBy: null,
  takenAt: null,
  closedAt: null,
  declineReason: null,
  outcome: null,
  help: null,
  asked: null,
  attempts: 0,
  appointment: null,
  changedAt: given.sentAt,
  actedAt: null,
  notes: [],
});

/** An associated referral has a natural key: a partner is brought in once. */
export const associatedId = (project: string, partner: string): string => `${project}-${partner}`;
