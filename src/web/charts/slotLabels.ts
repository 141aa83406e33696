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
  const years = new Set<string>();
  return keys.flatMap((key, index) => {
    const x = middles[index] ?? 0;
    const year = key.slice(0, 4);
    const isFirst = !years.has(year);
    years.add(year);
    return [
      ...(index % every === 0 ? [textAt(inShort(key), { x, y, anchor: 'middle', look: 'label muted' })] : []),
      ...(isFirst && key.length > 4
        ? [textAt(year, { x: Math.max(x, textWidth(year) / 2), y: y + 15, anchor: 'middle', look: 'label strong' })]
        : []),
    ];
  });
};

export const SLOT_LABELS_HEIGHT = 34;
