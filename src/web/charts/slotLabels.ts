import { monthInWords } from '../../domain/calendar/words.js';
import { capital } from '../../domain/territory/typography.js';
import { type Mark, textAt, textWidth } from './drawing.js';

const MONTHS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

const isMonth = (key: string): boolean => /^\d{4}-\d\d$/.test(key);

const inShort = (key: string): string => {
  if (isMonth(key)) return MONTHS[Number(key.slice(5)) - 1] ?? key;
  return key.includes('-T') ? key.slice(5) : key;
};

/** "Novembre 2026", "T4 2026", "2026" */
export const slotInWords = (key: string): string => {
  if (isMonth(key)) return capital(monthInWords(key));
  return key.includes('-T') ? `${key.slice(5)} ${key.slice(0, 4)}` : key;
};

/** What the steps of a period are called under a drawing, each with its year where it begins. `middles`: their places. */
export const slotLabels = (keys: string[], { middles, y }: { middles: number[]; y: number }): Mark[] => {
  const step = (middles[1] ?? 100) - (middles[0] ?? 0);
  const widest = Math.max(...keys.map((key) => textWidth(inShort(key))));
  const every = Math.max(1, Math.ceil((widest + 3) / step));
  const names = keys.map((key, index) =>
    textAt(inShort(key), { x: middles[index] ?? 0, y, anchor: 'middle', look: 'label muted' }),
  );
  return [...names.filter((_, index) => index % every === 0), ...years(keys, { middles, y: y + 15 })];
};

/** Each year where it begins; one that is over too soon to be named there is left out. */
const years = (keys: string[], { middles, y }: { middles: number[]; y: number }): Mark[] => {
  if (keys.every((key) => key.length === 4)) return [];
  const starts = keys.flatMap((key, index) => (key.slice(0, 4) !== keys[index - 1]?.slice(0, 4) ? [index] : []));
  const placed = starts.map((index) => {
    const text = (keys[index] ?? '').slice(0, 4);
    return { text, x: Math.max(middles[index] ?? 0, textWidth(text) / 2) };
  });
  return placed
    .filter(({ x, text }, index) => (placed[index + 1]?.x ?? Number.POSITIVE_INFINITY) - x > textWidth(text) + 4)
    .map(({ text, x }) => textAt(text, { x, y, anchor: 'middle', look: 'label strong' }));
};

export const SLOT_LABELS_HEIGHT = 34;
