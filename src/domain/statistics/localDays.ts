/** Sums on days ("2026-12-08") and months ("2026-12") of the calendar, where no hour and no time zone plays a part. */
const DAY = 24 * 3600 * 1000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day so many days later, or earlier. An impossible day ("2026-02-30") gives another one, or an empty text. */
export const addDays = (day: string, days: number): string => {
  const at = utc(day) + days * DAY;
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10);
};

/** Days from one to the other; negative when `to` is before `from`. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY);

export const addMonths = (month: string, months: number): string => {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export const lastDayOf = (month: string): string => addDays(`${addMonths(month, 1)}-01`, -1);

/** Every month from one to the other, both included. */
export const monthsBetween = (from: string, to: string): string[] => {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
};
