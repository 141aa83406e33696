import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import type { Account } from '../../domain/referrals/access.js';
import { BASKETS, type Basket } from '../../domain/referrals/lifecycle.js';
import type { ListRequest, QueueFilters } from '../../domain/referrals/queueFilters.js';
import { NEEDS, type Need } from '../../domain/territory/needs.js';
import { stageOfCode } from '../../domain/territory/stages.js';
import { paths } from '../../paths.js';
import type { QueueRequest } from '../../services/readQueue.js';
import { readPlace } from '../listPlace.js';

const CODE = /^[\w.-]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_SEARCH = 200;
const DAY_LENGTH = 24 * 3600 * 1000;

const isDay = (value: string): boolean => DAY.test(value) && !Number.isNaN(startOfLocalDay(value).getTime());

/**
 * What the address of the queue may say, in order: its baskets, its search, its filters. Each row says which values are
 * understood; any other is as if it were not there.
 */
const NAMES = {
  panier: (value: string) => Object.hasOwn(BASKETS, value) && value !== 'a-prendre',
  q: (value: string) => value.trim() !== '' && value.length <= LONGEST_SEARCH,
  besoin: (value: string) => Object.hasOwn(NEEDS, value),
  avancement: (value: string) => stageOfCode(value) !== undefined,
  epci: (value: string) => /^\d{9}$/.test(value),
  personne: (value: string) => CODE.test(value),
  retard: (value: string) => value === '1',
  lien: (value: string) => CODE.test(value),
  du: isDay,
  au: isDay,
} as const satisfies Record<string, (value: string) => boolean>;
export type ChoiceName = keyof typeof NAMES;
export type FilterName = Exclude<ChoiceName, 'panier' | 'q'>;
export type Choices = Partial<Record<ChoiceName, string>>;

/** In the place of an account's id: the reader, so that a saved view can be anybody's; nobody. */
export const ME = 'moi';
export const NOBODY = 'aucune';

/** What was understood of a query, in the order of the table. */
export const choicesOf = (query: Record<string, unknown>): Choices => {
  const entries = Object.entries(NAMES).filter(([name, accepts]) => {
    const value = query[name];
    return typeof value === 'string' && accepts(value);
  });
  return Object.fromEntries(entries.map(([name]) => [name, String(query[name]).trim()]));
};

const fromOf = ({ apres, avant }: Record<string, unknown>): ListRequest['from'] => {
  const [after, before] = [readPlace(apres), readPlace(avant)];
  if (after) return { place: after, side: 'after' };
  return before && { place: before, side: 'before' };
};

const accountOf = (value: string, reader: Account): string | null => {
  if (value === NOBODY) return null;
  return value === ME ? reader.id : value;
};

const dayAfter = (day: string): Date =>
  startOfLocalDay(new Date(Date.parse(`${day}T00:00:00Z`) + DAY_LENGTH).toISOString().slice(0, 10));

const filtersOf = ({ besoin, avancement, epci, personne, retard, lien, du, au }: Choices, reader: Account) =>
  ({
    need: (besoin ?? null) as Need | null,
    stage: stageOfCode(avancement ?? '') ?? null,
    epci: epci ?? null,
    person: personne ? { account: accountOf(personne, reader) } : null,
    late: retard === '1',
    channel: lien ?? null,
    from: du ? startOfLocalDay(du) : null,
    until: au ? dayAfter(au) : null,
  }) satisfies QueueFilters;

/** The end of an address of the queue that says these choices; '' for none. */
export const printChoices = (choices: Choices): string => new URLSearchParams(choices).toString();

/** An address of the queue. `page`: `apres` or `avant` a place. */
export const queueHref = (choices: Choices, page: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...choices, ...page }).toString();
  return query ? `${paths.queue()}?${query}` : paths.queue();
};

/** The same address, without what says nothing. */
export const shortAddress = ({ apres, avant, ...query }: Record<string, unknown>): string =>
  queueHref(choicesOf(query), {
    ...(typeof apres === 'string' && apres && { apres }),
    ...(typeof avant === 'string' && avant && { avant }),
  });

/** What an address of the queue asks for. Being late has a meaning only for what nobody has taken. */
export const readAddress = (
  query: Record<string, unknown>,
  reader: Account,
): { choices: Choices; request: QueueRequest } => {
  const { retard, ...others } = choicesOf(query);
  const basket = (others.panier ?? 'a-prendre') as Basket;
  const hasLate = retard && (basket === 'a-prendre' || others.q);
  const choices: Choices = { ...others, ...(hasLate && { retard }) };
  const request = { basket, typed: choices.q ?? null, filters: filtersOf(choices, reader), from: fromOf(query) };
  return { choices, request };
};
