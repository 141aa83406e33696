import { csv } from './csv.js';
import { xlsx } from './spreadsheet.js';

/** How tables become files. */
export const fileWriters = { csv, xlsx };
export type FileWriters = typeof fileWriters;
