import type { SoughtWords } from '../domain/referrals/queueFilters.js';
import type { ListModel, ListRecord } from './referralLists.js';

/** Referrals that are looked at to complete an unfinished word: at most so many, so many times. */
const LOOKED_AT = 20;
const TIMES = 10;
/** Referrals that hold the finished words of a search: when they are fewer, theirs are all the words it may become. */
const FEW = 200;
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

type Found = Pick<ListRecord, 'about'>;

const beginning = (found: Found[], begun: string): string[] =>
  found.flatMap(({ about }) => about.words.filter((word) => word.startsWith(begun)));

const firstAfter = ({ about }: Found, begun: string, after: string): string =>
  about.words.filter((word) => word.startsWith(begun) && word > after).sort()[0] ?? after;

/** Goes from word to word in the index of words, a few referrals at a time. `isWhole`: it came to the last word. */
const wordsBeginning = async (model: ListModel, partner: string, begun: string) => {
  const words = new Set<string>();
  const end = `${begun}\uffff`;
  let after = begun;
  for (let times = 0; times < TIMES && words.size < MOST_COMPLETIONS; times += 1) {
    const found = await model
      .find({ partner, 'about.words': { $elemMatch: { $gt: after, $lt: end } } }, { 'about.words': 1 })
      .limit(LOOKED_AT)
      .lean<Found[]>();
    for (const word of beginning(found, begun)) words.add(word);
    const last = found.at(-1);
    if (!last || found.length < LOOKED_AT) return { words, isWhole: true };
    after = firstAfter(last, begun, after);
  }
  return { words, isWhole: false };
};

/** All words that begin so in the few referrals that have this one. */
const wordsBeside = async (model: ListModel, partner: string, begun: string, rare: string) => {
  const found = await model.find({ partner, 'about.words': rare }, { 'about.words': 1 }).limit(FEW).lean<Found[]>();
  return { words: new Set(beginning(found, begun)), isWhole: true };
};

interface Counted {
  words: string[];
  count: number;
}

const counted = async (model: ListModel, partner: string, words: string[]): Promise<Counted> => ({
  words,
  count: await model.countDocuments({ partner, ...choice(words) }).limit(COMMON),
});

const rarestFirst = (a: Counted, b: Counted): number => a.count - b.count;

/**
 * How the index of words is read for a search: by the rarest word, the others looked at on what it finds. An unfinished
 * word is completed first, so that the keys of each completion come in the order of the list and a page needs no sort.
 */
export const chooseWords = async (
  model: ListModel,
  partner: string,
  { whole, begun }: SoughtWords,
): Promise<ChosenWords> => {
  const finished = await Promise.all(whole.map((word) => counted(model, partner, [word])));
  const [rarest] = finished.sort(rarestFirst);
  const rare = rarest && rarest.count < FEW ? rarest.words[0] : undefined;
  const completed =
    begun === null
      ? null
      : rare
        ? await wordsBeside(model, partner, begun, rare)
        : await wordsBeginning(model, partner, begun);
  // A word that stands there as typed is always searched.
  const completions =
    completed && [...new Set([begun ?? '', ...[...completed.words].sort()])].slice(0, MOST_COMPLETIONS);
  const isAlone = finished.length === 0;
  const last = completions && (isAlone ? { words: completions, count: 0 } : await counted(model, partner, completions));
  const [first, ...others] = [...finished, ...(last ? [last] : [])].sort(rarestFirst);
  const isVague = completed !== null && (!completed.isWhole || completed.words.size >= MOST_COMPLETIONS);
  const left = others.length > 0 ? others.map(({ words }) => words) : null;
  return { keys: choice(first?.words ?? []), left, isVague };
};
