import type Joi from 'joi';

/** SIREN of La Poste: its thousands of offices ran out of numbers that pass the usual key. */
const LA_POSTE = '356000000';

const figuresOf = (siret: string): number[] => [...siret].map(Number);
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Luhn's formula: every second figure from the right counts double, less 9 when that makes two figures. */
const passesLuhn = (siret: string): boolean => {
  const weighed = figuresOf(siret)
    .reverse()
    .map((figure, rank) => (rank % 2 === 0 ? figure : figure * 2))
    .map((value) => (value > 9 ? value - 9 : value));
  return sum(weighed) % 10 === 0;
};

const isPostOffice = (siret: string): boolean => siret.startsWith(LA_POSTE) && sum(figuresOf(siret)) % 5 === 0;

/** What is wrong with a number typed as a SIRET: a company's number of nine figures, another length, or a slip. */
export type SiretFault = 'siren' | 'length' | 'key';

/**
 * A SIRET as it is kept: fourteen figures, however they were typed (spaces, dots, hyphens); or what is wrong with it.
 * Source: INSEE, SIRENE; the key is Luhn's (ISO/IEC 7812-1), and for La Poste, since its SIREN 356 000 000 lacks numbers,
 * the sum of the fourteen figures may be a multiple of 5 instead.
 */
export const readSiret = (
  typed: string,
): { siret: string; fault?: undefined } | { siret?: undefined; fault: SiretFault } => {
  const bare = typed.replace(/[\s.\-\u2010-\u2015]/g, '');
  if (/^\d{9}$/.test(bare)) return { fault: 'siren' };
  if (!/^\d{14}$/.test(bare)) return { fault: 'length' };
  const isSound = /[1-9]/.test(bare) && (passesLuhn(bare) || isPostOffice(bare));
  return isSound ? { siret: bare } : { fault: 'key' };
};

/** For a schema: keeps the fourteen figures. Faults: siret.siren, siret.length, siret.key. */
export const siretNumber: Joi.CustomValidator<string> = (typed, helpers) => {
  const read = readSiret(typed);
  return read.fault ? helpers.error(`siret.${read.fault}`) : read.siret;
};
