import { HOURS_A_DAY } from '../calendar/businessTime.js';
import { businessHoursInWords } from '../calendar/words.js';
import type { Kpi, Unit } from './kpis.js';
import type { Figure } from './tally.js';

/** Shown where there is nothing to count yet. */
const NO_FIGURE = '–';

const NARROW = '\u202f';

const { format: number } = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });

/** "1 j 4 h", seven hours to a day. */
const hoursInShort = (value: number): string => {
  const hours = Math.round(value);
  const days = Math.floor(hours / HOURS_A_DAY);
  const parts = [days > 0 ? `${days}${NARROW}j` : '', `${hours % HOURS_A_DAY}${NARROW}h`];
  return parts.filter(Boolean).join('\u00a0');
};

/** "1 234", "82 %", "1 j 4 h" */
export const figureInWords = (unit: Unit, { value }: Figure): string => {
  if (value === null) return NO_FIGURE;
  if (unit === 'share') return `${number(value * 100)}${NARROW}%`;
  return unit === 'hours' ? hoursInShort(value) : number(value);
};

/** What a share or a median is counted on: "12 sur 15 projets"; empty for a plain count. */
export const baseInWords = ({ unit }: Pick<Kpi, 'unit'>, { numerator, denominator }: Figure): string => {
  if (unit === 'count' || denominator === null) return '';
  const projects = `${number(denominator)}\u00a0projet${denominator > 1 ? 's' : ''}`;
  return unit === 'share' && numerator !== null ? `${number(numerator)} sur ${projects}` : `sur ${projects}`;
};

interface Change {
  arrow: 'up' | 'down' | 'same';
  text: string;
}

const plural = (count: number, word: string): string => `${number(count)}\u00a0${word}${count > 1 ? 's' : ''}`;

const gapInWords: Record<Unit, (gap: number) => string> = {
  count: (gap) => number(gap),
  share: (gap) => plural(Math.round(gap * 100), 'point'),
  hours: (gap) => businessHoursInWords(gap),
};

/** Below this nobody would see a difference: half a point, half an hour, nothing at all. */
const SAME: Record<Unit, number> = { count: 0, share: 0.005, hours: 0.5 };

/** How a figure compares with the one before: "3 de plus", "5 points de moins"; null when one of them is missing. */
export const changeInWords = (unit: Unit, now: Figure, before: Figure): Change | null => {
  if (now.value === null || before.value === null) return null;
  const gap = now.value - before.value;
  if (Math.abs(gap) <= SAME[unit]) return { arrow: 'same', text: 'comme avant' };
  const words = gapInWords[unit](Math.abs(gap));
  return gap > 0 ? { arrow: 'up', text: `${words} de plus` } : { arrow: 'down', text: `${words} de moins` };
};
