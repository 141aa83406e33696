import type { Request } from 'express';
import {
  CHOSEN_DATES,
  datesProblem,
  type Period,
  parsePeriod,
  periodChoices,
  printPeriod,
} from '../../domain/statistics/period.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';

const asked = ({ query }: Request) => {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  return { periode: text('periode'), du: text('du'), au: text('au') };
};

/** The period that the address of a request asks for. */
export const periodOf = (req: Request, now: Date): Period => parsePeriod(asked(req), now);

const PROBLEMS = {
  missing: { field: 'du', text: 'Choisissez deux dates.' },
  reversed: { field: 'au', text: 'La date de fin vient avant la date de début. Changez l’une des deux.' },
  'too long': { field: 'au', text: 'Choisissez deux dates que dix ans au plus séparent.' },
} as const;

/** Two dates that make no period, as they were typed, and what to say of them. */
export interface WrongDates {
  du: string;
  au: string;
  field: 'du' | 'au';
  text: string;
}

/** The dates that a request asks for in vain; null when it asks for none, or for a period. */
export const wrongDatesOf = (req: Request): WrongDates | null => {
  const { periode, du, au } = asked(req);
  const problem = periode === CHOSEN_DATES ? datesProblem({ du, au }) : null;
  if (!problem) return null;
  const field = problem === 'missing' && du ? 'au' : PROBLEMS[problem].field;
  return { du, au, field, text: PROBLEMS[problem].text };
};

/** The part of an address that says which period. */
export const periodQuery = (period: Period): string => new URLSearchParams({ ...printPeriod(period) }).toString();

/** The period chooser, ready for views/manager/periodForm.ejs: a list, and two dates for whatever is not in it. */
export const periodForm = (period: Period, now: Date, wrong: WrongDates | null) => {
  const groups = periodChoices(now).map(({ title, periods }) => ({
    title,
    choices: periods.map(({ code, label }) => ({ code, label: capital(label), isChosen: code === period.code })),
  }));
  const isListed = groups.some(({ choices }) => choices.some(({ isChosen }) => isChosen));
  return {
    action: paths.figures(),
    groups: isListed ? groups : [{ title: 'Période affichée', choices: [shown(period)] }, ...groups],
    datesCode: CHOSEN_DATES,
    dates: [
      { name: 'du', label: 'Du', value: wrong ? wrong.du : period.first },
      { name: 'au', label: 'Au (inclus)', value: wrong ? wrong.au : period.last },
    ].map((date) => ({ ...date, error: wrong?.field === date.name ? wrong.text : null })),
    areDatesOpen: wrong !== null || period.code === CHOSEN_DATES,
  };
};

const shown = ({ code, label }: Period) => ({ code, label: capital(label), isChosen: true });
