import type { SoughtWords } from '../domain/referrals/queueFilters.js';
import type { ListModel, ListRecord } from './referralLists.js';

/** Referrals that are looked at to complete an unfinished word, and words that it may become. */
const LOOKED_AT = 200;
const MOST_COMPLETIONS = 50;
/** Beyond that many referrals a word is common. */
const COMMON = 2000;

/** One sought word: its keys in the index. */
type Choice = { 'about.words': string | { $in: string[] } };

export interface ChosenWords {
  /** What the index is read by: the rarest word. */
  keys: Choice;
  /** The other words, of each of which a referral must have one; null when there is none. */
  left: string[][] | null;
  isVague: boolean;
}

const choice = (words: string[]): Choice => ({ 'about.words': words.length === 1 ? (words[0] ?? '') : { $in: words } });

/** The words of the partner's referrals that begin so, in their order: complete unless many do. */
const complete = async (model: ListModel, partner: string, begun: string, whole: string[]) => {
  const beginning = { $gte: begun, $lt: `${begun}\uffff` };
  const also = whole.map((word) => ({ 'about.words': word }));
  const found = await model
    .find({ partner, $and: [{ 'about.words': { $elemMatch: beginning } }, ...also] }, { 'about.words': 1 })
    .limit(LOOKED_AT)
    .lean<Pick<ListRecord, 'about'>[]>();
  const words = new Set(found.flatMap(({ about }) => about.words.filter((word) => word.startsWith(begun))));
  const sorted = [...words].sort().slice(0, MOST_COMPLETIONS);
  // A word that stands there as typed is always searched.
  const completions = [...new Set([begun, ...sorted])];
  return { completions, isVague: found.length === LOOKED_AT || words.size > MOST_COMPLETIONS };
};

/**
 * How the index of words is read for a search: by the rarest word, the others looked at on what it finds. An unfinished
 * word is completed first, so that the keys of each completion come in the order of the list and a page needs no sort.
 */
export const chooseWords = async (
  model: ListModel,
  partner: string,
  { whole, begun }: SoughtWords,
): Promise<ChosenWords> => {
  const completed = begun === null ? null : await complete(model, partner, begun, whole);
  const sought = [...whole.map((word) => [word]), ...(completed ? [completed.completions] : [])];
  const isVague = completed?.isVague ?? false;
  if (sought.length === 1) return { keys: choice(sought[0] ?? []), left: null, isVague };
  const counts = await Promise.all(
    sought.map((words) => model.countDocuments({ partner, ...choice(words) }).limit(COMMON)),
  );
  const rarest = counts.indexOf(Math.min(...counts));
  return { keys: choice(sought[rarest] ?? []), left: sought.filter((_words, place) => place !== rarest), isVague };
};
