import Joi from 'joi';
import { type Closure, daysFrom, isDay } from '../../domain/calendar/closures.js';
import type { PartnerSettings } from '../../services/partnerSettings.js';
import type { FieldWording } from '../fieldModel.js';
import type { Typed } from '../parseForm.js';

export interface SettingsForm {
  version: number;
  closures: Closure[];
  mailbox: string;
  hoursFr: string;
  hoursEn: string;
  receiptFr: string;
  receiptEn: string;
}

const MOST_LINES = 60;
const LABEL_MAX = 80;
/** In days: the calendar always finds a day on which the partner is open. */
const LONGEST_CLOSURE = 62;
const HOURS_MAX = 200;
const RECEIPT_MAX = 500;

/** "24/12/2026 au 31/12/2026 Fermeture de fin d’année": a day or two, and a label when there is one. */
const DATE = String.raw`(\d{1,2})\/(\d{1,2})\/(\d{4})`;
const LINE = new RegExp(String.raw`^${DATE}(?:\s*(?:au|-|–)\s*${DATE})?(?:\s*[\s:,]\s*(.*))?$`, 'u');

const dayOf = (day = '', month = '', year = ''): string => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

const closureOf = (line: string): Closure | null => {
  const [, day, month, year, lastDay, lastMonth, lastYear, label = ''] = LINE.exec(line) ?? [];
  const from = dayOf(day, month, year);
  const to = lastYear ? dayOf(lastDay, lastMonth, lastYear) : from;
  if (!isDay(from) || !isDay(to)) return null;
  const days = daysFrom(from, to);
  return days >= 1 && days <= LONGEST_CLOSURE && label.length <= LABEL_MAX ? { from, to, label: label.trim() } : null;
};

const closures: Joi.CustomValidator<string, Closure[]> = (text, helpers) => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length > MOST_LINES) return helpers.error('line.many');
  const rows = lines.map((line) => ({ line, closure: closureOf(line) }));
  const wrong = rows.find(({ closure }) => closure === null);
  if (wrong) return helpers.error('line.wrong', { line: wrong.line.slice(0, 120) });
  return rows.flatMap(({ closure }) => closure ?? []).sort((a, b) => (a.from < b.from ? -1 : 1));
};

const text = (most: number) =>
  Joi.string()
    .trim()
    .allow('')
    .max(most)
    .default('')
    .messages({ '*': `Écrivez ${most} caractères au plus.` });

export const SETTINGS_FORM = Joi.object<SettingsForm>({
  version: Joi.number().integer().min(0).required(),
  closures: Joi.string()
    .empty('')
    .max(10_000)
    .default([])
    .custom(closures)
    .messages({
      '*': 'Écrivez une fermeture par ligne, 10 000 caractères au plus.',
      'line.wrong':
        'Vérifiez cette ligne\u00a0: «\u00a0{#line}\u00a0». Écrivez un jour, ou deux séparés par «\u00a0au\u00a0», puis un nom court. Une fermeture dure 62\u00a0jours au plus.',
      'line.many': `Écrivez ${MOST_LINES}\u00a0lignes au plus.`,
    }),
  mailbox: Joi.string()
    .trim()
    .lowercase()
    .allow('')
    .max(254)
    .email({ tlds: false })
    .default('')
    .messages({ '*': 'Écrivez une adresse e-mail, comme accueil@exemple.fr.' }),
  hoursFr: text(HOURS_MAX),
  hoursEn: text(HOURS_MAX),
  receiptFr: text(RECEIPT_MAX),
  receiptEn: text(RECEIPT_MAX),
});

const area = (name: string, label: string, hint: string, rows: number, max: number): FieldWording => ({
  kind: 'textarea',
  name,
  label,
  hint,
  rows,
  max,
  optional: true,
});

export const SETTINGS_FIELDS: FieldWording[] = [
  area(
    'closures',
    'Jours de fermeture',
    'Une fermeture par ligne, par exemple «\u00a024/12/2026 au 31/12/2026 Fin d’année\u00a0». Ces jours ne comptent pas dans les délais promis. Les jours fériés sont déjà connus.',
    6,
    10_000,
  ),
  {
    kind: 'text',
    type: 'email',
    name: 'mailbox',
    label: 'Boîte aux lettres partagée',
    hint: 'Une adresse que plusieurs personnes lisent. Elle reçoit une copie des e-mails adressés à l’équipe.',
    optional: true,
  },
  area('hoursFr', 'Horaires d’ouverture', 'Tels que les porteurs de projet les lisent.', 2, HOURS_MAX),
  area('hoursEn', 'Horaires d’ouverture, en anglais', 'Pour qui lit le service en anglais.', 2, HOURS_MAX),
  area(
    'receiptFr',
    'Texte ajouté à l’accusé de réception',
    'Du texte seul, ajouté à l’e-mail qui annonce que le projet est chez vous.',
    5,
    RECEIPT_MAX,
  ),
  area(
    'receiptEn',
    'Texte ajouté à l’accusé de réception, en anglais',
    'Pour qui lit le service en anglais.',
    5,
    RECEIPT_MAX,
  ),
];

const written = (day: string): string => day.split('-').reverse().join('/');
const closureLine = ({ from, to, label }: Closure): string =>
  [from === to ? written(from) : `${written(from)} au ${written(to)}`, label].filter(Boolean).join(' ');

/** What is kept, as the form has it. */
export const typedSettings = ({ closures: days, mailbox, hours, receipt }: PartnerSettings): Typed => ({
  closures: days.map(closureLine).join('\n'),
  mailbox,
  hoursFr: hours.fr,
  hoursEn: hours.en,
  receiptFr: receipt.fr,
  receiptEn: receipt.en,
});

export const settingsOf = (form: Omit<SettingsForm, 'version'>): PartnerSettings => ({
  closures: form.closures,
  mailbox: form.mailbox,
  hours: { fr: form.hoursFr, en: form.hoursEn },
  receipt: { fr: form.receiptFr, en: form.receiptEn },
});
