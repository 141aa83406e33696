import { dateInWords, dayInWords, timeInWords } from '../../domain/calendar/words.js';
import { EXPORTS, KEPT_DAYS } from '../../domain/statistics/exports.js';
import { FORMATS } from '../../domain/statistics/sheets.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type Directory, filtersInWords } from './figureQuery.js';

type Export = Awaited<ReturnType<Services['readExports']>>[number];

const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat('fr-FR', { maximumFractionDigits: digits }).format(value);

const KILO = 1000;

/** "12,4 Mo", "340 ko" */
const sizeInWords = (bytes: number): string =>
  bytes >= KILO * KILO
    ? `${number(bytes / KILO / KILO, 1)}\u00a0Mo`
    : `${number(Math.max(1, Math.round(bytes / KILO)))}\u00a0ko`;

export const isUnderWay = ({ state }: Export): boolean => state === 'waiting' || state === 'running';

const rows = (count: number): string => `${number(count)}\u00a0ligne${count > 1 ? 's' : ''}`;

const progressOf = ({ state, done, total }: Export) => {
  if (state === 'waiting') return { done: null, total: 1, text: 'Il commence dans quelques secondes.' };
  if (total === 0) return { done: null, total: 1, text: 'Le fichier s’écrit.' };
  return { done: Math.min(done, total), total, text: `${number(done)} sur ${rows(total)}.` };
};

const TAGS = {
  waiting: { label: 'En attente', tone: 'neutral' },
  running: { label: 'En préparation', tone: 'now' },
  done: { label: 'Prêt', tone: 'done' },
  failed: { label: 'Pas fait', tone: 'late' },
  expired: { label: 'Effacé', tone: 'neutral' },
} as const;

const sentenceOf = (file: Export, isExpired: boolean, now: Date): string => {
  if (isExpired) return `Les fichiers sont gardés ${KEPT_DAYS} jours. Demandez-le de nouveau s’il vous le faut encore.`;
  if (file.state === 'failed')
    return 'Ce fichier n’a pas pu être fait. Demandez-le de nouveau\u00a0; si cela se reproduit, prévenez la personne qui gère le service.';
  if (file.state !== 'done' || !file.expiresAt) return '';
  const about = file.total > 0 ? `${rows(file.total)}, ` : '';
  return `${about}${sizeInWords(file.size)}. Gardé jusqu’au ${dayInWords(file.expiresAt, now)}.`;
};

/** A file that somebody has asked for, ready for views/manager/exportLine.ejs. */
export const exportLine = (file: Export, directory: Omit<Directory, 'reader' | 'named'>) => {
  const { now } = directory;
  const isExpired = file.expiresAt !== null && file.expiresAt <= now;
  const isReady = file.state === 'done' && !isExpired;
  return {
    id: file.id,
    title: `${EXPORTS[file.what].label}\u00a0: ${file.period.label}`,
    about: [
      FORMATS[file.format].label,
      ...filtersInWords(file.filters, directory),
      `demandé le ${dateInWords(file.createdAt)} à ${timeInWords(file.createdAt)}`,
    ]
      .map((part, place) => (place === 0 ? capital(part) : part))
      .join(', '),
    tag: TAGS[isExpired ? 'expired' : file.state],
    progress: isUnderWay(file) ? progressOf(file) : null,
    sentence: sentenceOf(file, isExpired, now),
    href: isReady ? paths.exportFile(file.id) : null,
    remove: paths.removeExport(file.id),
  };
};
