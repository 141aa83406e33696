import type { Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { Basket } from './lifecycle.js';
import type { Referral } from './referral.js';

/** In the place of a channel's code: came by the front page. */
export const FRONT_PAGE = 'accueil';

/** Counts of baskets go no further than this: beyond it, the tab says "1 000 et plus". */
export const COUNTED = 1000;

/**
 * Referrals looked at for one page when no index holds its filters. Beyond that, the page shows what was found and offers
 * to go on: a filter that nothing fits never makes the store read a whole basket.
 */
export const LOOKED_AT = 2000;

/** Referrals that one act may be done on in one go, at most: what a person can still look through. */
export const MOST_AT_ONCE = 100;

/** What a reader of a queue asks to see; null: whatever it is. */
export interface QueueFilters {
  need: Need | null;
  stage: Stage | null;
  /** SIREN. */
  epci: string | null;
  /** Who has it: id of an account, or nobody. */
  person: { account: string | null } | null;
  /** Nobody took it before the date that was promised. */
  late: boolean;
  /** Code, or FRONT_PAGE. */
  channel: string | null;
  /** Reached the partner from this instant on, and before that one. */
  from: Date | null;
  until: Date | null;
}

export const NO_FILTERS: QueueFilters = {
  need: null,
  stage: null,
  epci: null,
  person: null,
  late: false,
  channel: null,
  from: null,
  until: null,
};

/** What is searched: whole words, all of them, and the beginning of one more. */
export interface SoughtWords {
  whole: string[];
  begun: string | null;
}

/** Where a referral stands in a list: its date there, and its id among those of the same date. */
export interface Place {
  at: Date;
  id: string;
}

/** One page of a list. */
export interface ListRequest {
  partner: string;
  /** Null: all baskets, newest first, as a search reads them. */
  basket: Basket | null;
  filters: QueueFilters;
  words: SoughtWords | null;
  now: Date;
  /** Rows after this place, or those just before it; null: from the start. */
  from: { place: Place; side: 'after' | 'before' } | null;
  limit: number;
}

/** What lists show of a referral. Its notes and the words that it is found by are most of it, and stay in the store. */
export const LISTED = [
  'project',
  'state',
  'basket',
  'version',
  'sentAt',
  'callBy',
  'assignee',
  'takenBy',
  'takenAt',
  'closedAt',
  'declineReason',
  'asked',
  'attempts',
  'appointment',
] as const satisfies (keyof Referral)[];
export interface ListedReferral extends Pick<Referral, 'id' | (typeof LISTED)[number]> {
  about: Pick<Referral['about'], 'channel'>;
}

export interface ListPage {
  rows: ListedReferral[];
  /** Where the list goes on, on either side; null where it ends. */
  next: Place | null;
  previous: Place | null;
  /** As many were looked at as one page may, and fewer than a page fit the filters. */
  isCut: boolean;
  /** Too many words begin so: only some of them were searched. */
  isVague: boolean;
}

type Filtered = Pick<Referral, 'assignee' | 'sentAt' | 'callBy' | 'state' | 'about'>;

const fitsPeriod = ({ sentAt }: Filtered, { from, until }: QueueFilters): boolean =>
  (from === null || sentAt >= from) && (until === null || sentAt < until);

/** Does this referral fit what is asked? */
export const fits = (referral: Filtered, filters: QueueFilters, now: Date): boolean => {
  const { about, assignee, callBy, state } = referral;
  const { need, stage, epci, person, late, channel } = filters;
  return (
    (need === null || about.need === need) &&
    (stage === null || about.stage === stage) &&
    (epci === null || about.epci === epci) &&
    (person === null || assignee === person.account) &&
    (!late || (state === 'waiting' && callBy < now)) &&
    (channel === null || (about.channel ?? FRONT_PAGE) === channel) &&
    fitsPeriod(referral, filters)
  );
};
