import type { Request } from 'express';
import { CHOSEN_DATES, type Period, parsePeriod, periodChoices, printPeriod } from '../../domain/statistics/period.js';
import { paths } from '../../paths.js';
import { capital } from '../projectWords.js';

/** The period that the address of a request asks for. */
export const periodOf = ({ query }: Request, now: Date): Period => {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  return parsePeriod({ periode: text('periode'), du: text('du'), au: text('au') }, now);
};

/** The part of an address that says which period. */
export const periodQuery = (period: Period): string => new URLSearchParams({ ...printPeriod(period) }).toString();

/** The period chooser, ready for views/manager/periodForm.ejs: a list, and two dates for whatever is not in it. */
export const periodForm = (period: Period, now: Date) => {
  const groups = periodChoices(now).map(({ title, periods }) => ({
    title,
    choices: periods.map(({ code, label }) => ({ code, label: capital(label), isChosen: code === period.code })),
  }));
  const isListed = groups.some(({ choices }) => choices.some(({ isChosen }) => isChosen));
  return {
    action: paths.figures(),
    groups: isListed ? groups : [{ title: 'Période affichée', choices: [shown(period)] }, ...groups],
    datesCode: CHOSEN_DATES,
    first: period.first,
    last: period.last,
    areDatesOpen: period.code === CHOSEN_DATES,
  };
};

const shown = ({ code, label }: Period) => ({ code, label: capital(label), isChosen: true });
