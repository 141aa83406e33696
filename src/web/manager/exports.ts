import type { Request, Response } from 'express';
import type { Account } from '../../domain/referrals/access.js';
import { EXPORT_IDS, EXPORTS, isExport, isFormat, mayExport } from '../../domain/statistics/exports.js';
import { FILTER_IDS } from '../../domain/statistics/filters.js';
import { PROJECT_COLUMNS } from '../../domain/statistics/projectColumns.js';
import { REFERRAL_COLUMNS } from '../../domain/statistics/referralColumns.js';
import { FORMATS, type Format } from '../../domain/statistics/sheets.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { keepWithin } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import type { FieldErrors } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { sendFile } from '../sendFile.js';
import { exportLine, isUnderWay } from './exportModel.js';
import { type AskedFigures, type Directory, fieldOf, figuresAsked } from './figureQuery.js';
import { periodForm } from './periodForm.js';

type Uses = Pick<
  Services,
  | 'clock'
  | 'fetchExport'
  | 'limits'
  | 'readExports'
  | 'readFigureChoices'
  | 'removeExport'
  | 'startExport'
  | 'territory'
>;

/** Seconds between two looks at files under way. */
const REFRESH = 3;

const whatField = (reader: Account): FieldWording => ({
  kind: 'radios',
  name: 'quoi',
  label: 'Que voulez-vous\u00a0?',
  groups: [
    {
      choices: EXPORT_IDS.filter((id) => mayExport(reader, id)).map((value) => {
        const { label, hint } = EXPORTS[value];
        return { value, label, hint };
      }),
    },
  ],
});

const FORMAT_FIELD: FieldWording = {
  kind: 'radios',
  name: 'format',
  label: 'Dans quel format\u00a0?',
  groups: [
    {
      choices: (Object.keys(FORMATS) as Format[]).map((value) => ({
        value,
        label: FORMATS[value].label,
        hint: FORMATS[value].hint,
      })),
    },
  ],
};

const ORDER = ['quoi', 'format', 'periode', 'du', 'au', ...FILTER_IDS.map(fieldOf)];

const columnsTable = (title: string, columns: { label: string; means: string }[]) => ({
  title,
  caption: title,
  columns: [{ label: 'Colonne' }, { label: 'Ce qu’elle dit' }],
  rows: columns.map(({ label, means }) => [label, frenchTypography(means)]),
});

const COLUMN_TABLES = [
  columnsTable('Colonnes des projets', PROJECT_COLUMNS),
  columnsTable('Colonnes des mises en relation', REFERRAL_COLUMNS),
];

const OTHER_MONTHS = 'Du premier au dernier mois choisis ci-dessous';

/** In one form with the others, the two months are a choice of the list of periods. */
const monthsOffered = (form: ReturnType<typeof periodForm>) => {
  const isOffered = form.groups.some(({ choices }) => choices.some(({ code }) => code === form.monthsCode));
  if (isOffered) return form;
  const isChosen = form.areMonthsOpen;
  const groups = form.groups.map(({ title, choices }) => ({
    title,
    choices: choices.map((choice) => ({ ...choice, isChosen: choice.isChosen && !isChosen })),
  }));
  const choice = { code: form.monthsCode, label: OTHER_MONTHS, isChosen };
  return { ...form, groups: [...groups, { title: 'Autres mois', choices: [choice] }] };
};

const formModel = (
  asked: AskedFigures,
  directory: Directory,
  chosen: Record<string, unknown>,
  errors: FieldErrors,
) => ({
  ...monthsOffered(periodForm(asked, { ...directory, action: paths.exports() })),
  fields: [whatField(directory.reader), FORMAT_FIELD].map((field) => fieldModel(field, chosen, errors)),
});

const NOTICES = {
  demande: 'Le fichier est demandé. Vous pouvez quitter cette page.',
  retire: 'Le fichier n’est plus dans la liste.',
} as const;

const wrongChoice = (quoi: unknown, format: unknown): FieldErrors => ({
  ...(isExport(quoi) ? {} : { quoi: 'Choisissez ce que vous voulez.' }),
  ...(isFormat(format) ? {} : { format: 'Choisissez un format.' }),
});

/** Files that somebody asks for, under a period and filters, and those asked for before. While one is made, the page asks again by itself. */
export const exportsScreen = (services: Uses) => {
  const { clock, fetchExport, limits, readExports, readFigureChoices, removeExport, startExport, territory } = services;

  const directoryOf = async (reader: Account): Promise<Directory> => ({
    reader,
    territory,
    now: clock(),
    ...(await readFigureChoices(reader)),
  });

  const render = async (
    req: Request,
    res: Response,
    typed: Record<string, unknown>,
    { directory, errors }: { directory: Directory; errors: FieldErrors },
  ): Promise<void> => {
    const files = await readExports(directory.reader);
    const isWaiting = files.some(isUnderWay);
    const isWrong = Object.keys(errors).length > 0;
    // A form half filled in must not be taken away by the page that asks again.
    const isAsking = !isWaiting || isWrong || ['demander', 'periode'].some((name) => req.query[name] !== undefined);
    if (!isAsking) res.set('Refresh', String(REFRESH));
    const quoi = mayExport(directory.reader, 'projects') ? 'projects' : 'figures';
    const model = {
      title: 'Exports',
      notice: Object.entries(NOTICES).find(([name]) => req.query['fait'] === name)?.[1] ?? null,
      errors: errorSummary(errors, ORDER),
      form: isAsking
        ? formModel(figuresAsked({ query: typed }, directory), directory, { quoi, format: 'xlsx', ...typed }, errors)
        : null,
      another: `${paths.exports()}?demander=1`,
      files: files.map((file) => exportLine(file, directory)),
      isRefreshing: !isAsking,
      tables: mayExport(directory.reader, 'projects') ? COLUMN_TABLES : [],
    };
    await renderPage(res, 'manager/exports', model, { status: isWrong ? 422 : 200 });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const directory = await directoryOf(accountOf(req.account));
      await render(req, res, req.query, { directory, errors: {} });
    },

    async submit(req: Request, res: Response): Promise<void> {
      const directory = await directoryOf(accountOf(req.account));
      const typed = (req.body ?? {}) as Record<string, unknown>;
      const { quoi, format } = typed;
      const asked = figuresAsked({ query: typed }, directory);
      const errors = { ...asked.errors, ...wrongChoice(quoi, format) };
      if (Object.keys(errors).length > 0 || !isExport(quoi) || !isFormat(format))
        return render(req, res, typed, { directory, errors });
      await keepWithin(limits, [['exports-of-account', directory.reader.id]]);
      await startExport(directory.reader, { what: quoi, format, ...asked.query });
      res.redirect(303, `${paths.exports()}?fait=demande`);
    },

    async download(req: Request, res: Response): Promise<void> {
      await sendFile(res, await fetchExport(accountOf(req.account), String(req.params['id'])));
    },

    async remove(req: Request, res: Response): Promise<void> {
      await removeExport(accountOf(req.account), String(req.params['id']));
      res.redirect(303, `${paths.exports()}?fait=retire`);
    },
  };
};
