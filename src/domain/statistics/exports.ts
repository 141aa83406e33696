import { RETENTION } from '../privacy/retention.js';
import { type Account, may, type Permission } from '../referrals/access.js';
import type { Period } from './period.js';
import { FORMATS, type Format } from './sheets.js';

/** What people may have as a file. Rows of projects and referrals are for who sees the projects behind figures. */
export const EXPORTS = {
  figures: {
    label: 'Les chiffres',
    hint: 'Chaque chiffre, par partenaire, besoin, territoire et mois, avec la période et l’année d’avant',
    file: 'chiffres',
    permission: 'seeFigures',
  },
  projects: {
    label: 'Une ligne par projet',
    hint: 'Dates, territoire, besoin, partenaire, état, délai, issue. Ni nom, ni titre',
    file: 'projets',
    permission: 'seeBehindFigures',
  },
  referrals: {
    label: 'Une ligne par mise en relation',
    hint: 'La même chose pour chaque partenaire qui a eu un projet. Ni nom, ni titre',
    file: 'mises-en-relation',
    permission: 'seeBehindFigures',
  },
} as const satisfies Record<string, { label: string; hint: string; file: string; permission: Permission }>;
export type ExportId = keyof typeof EXPORTS;
export const EXPORT_IDS = Object.keys(EXPORTS) as ExportId[];

export const isExport = (id: unknown): id is ExportId => EXPORT_IDS.some((known) => known === id);
export const isFormat = (id: unknown): id is Format => Object.keys(FORMATS).some((known) => known === id);

export const mayExport = (account: Pick<Account, 'role' | 'partner'>, what: ExportId): boolean =>
  may(account, EXPORTS[what].permission);

/** "projets-2026-01-01-2026-12-31.xlsx" */
export const fileName = (what: ExportId, { first, last }: Pick<Period, 'first' | 'last'>, format: Format): string =>
  `${EXPORTS[what].file}-${first}-${last}.${format}`;

/** Days that a file is kept for whoever asked for it. */
export const KEPT_DAYS = RETENTION.exportFiles.keeps.days;
