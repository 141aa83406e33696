import type { RoutingFacts } from '../questionnaire/facts.js';
import { plainText } from '../territory/plainText.js';

/** What two projects are compared by. */
export interface Told {
  title: string;
  summary: string;
}

/** Days within which a project of the same e-mail counts as just sent. */
export const NEAR_DAYS = 14;

/**
 * From here on two texts tell the same project. A fifth may differ: typing errors put right, a title said otherwise, a
 * sentence added. Two projects of one person, in the same trade and with the same phrases, share about half (see the
 * test's pairs), so that a second project is not taken for the first one.
 */
const NEAR = 0.8;

const LENGTH = 3;

/** Every three signs in a row: a wrong letter changes three of them, where it would change a whole word. */
const piecesOf = (text: string): Set<string> => {
  const padded = ` ${text} `;
  return new Set(
    Array.from({ length: Math.max(0, padded.length - LENGTH + 1) }, (_, i) => padded.slice(i, i + LENGTH)),
  );
};

/** Title and summary without accents, case or signs; as typed in scripts of which nothing would be left. */
const textOf = ({ title, summary }: Told): string => {
  const typed = `${title} ${summary}`;
  return plainText(typed) || typed.trim();
};

/** How alike two texts are, from 0 to 1: pieces in both, of the pieces in either (Jaccard). Total, and the same both ways. */
export const likeness = (one: Told, other: Told): number => {
  const [a, b] = [piecesOf(textOf(one)), piecesOf(textOf(other))];
  const common = [...a].filter((piece) => b.has(piece)).length;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
};

/** Do these tell the same project, as far as words show? */
export const isNearSame = (one: Told, other: Told): boolean => likeness(one, other) >= NEAR;

type Subject = Told & Pick<RoutingFacts, 'needs' | 'commune'>;

/** The same project, told by two people in their own words: by its text, or by what it needs and where. */
export const tellsNearSame = (one: Subject, other: Subject): boolean =>
  isNearSame(one, other) || (one.needs[0] === other.needs[0] && one.commune === other.commune);
