import type { Request, Response } from 'express';
import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { dateInWords } from '../../domain/calendar/words.js';
import { may } from '../../domain/referrals/access.js';
import { addDays } from '../../domain/statistics/localDays.js';
import { capital } from '../../domain/territory/typography.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { OpenedReport, Reports } from '../../services/statistics/readReports.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { renderPrint } from '../renderPrint.js';
import { reportModel } from './reportModel.js';

type Uses = Pick<
  Services,
  'draftReport' | 'issueReport' | 'listReports' | 'readReport' | 'readReportPdf' | 'territory'
>;

const listPage = ({ issued, toIssue, underWay }: Reports, mayIssue: boolean): PageModel => ({
  title: 'Rapports du comité',
  issued: issued.map(({ id, label, issuedAt, by }) => ({
    href: paths.report(id),
    pdf: paths.reportPdf(id),
    label: capital(label),
    about: `Arrêté le ${dateInWords(issuedAt)} par ${by.name}.`,
  })),
  toIssue: mayIssue
    ? toIssue.map(({ quarter, label }) => ({ quarter, label: capital(label), href: paths.reportDraft(quarter) }))
    : [],
  underWay: mayIssue
    ? {
        text: `Le ${underWay.label} se termine le ${dateInWords(startOfLocalDay(underWay.last))}. Son rapport pourra être arrêté à partir du ${dateInWords(startOfLocalDay(addDays(underWay.last, 1)))}.`,
        href: paths.reportDraft(underWay.quarter),
      }
    : null,
});

/** The committee's quarterly reports: archive, draft, issuing, page and PDF. */
export const reportsScreen = (uses: Uses) => {
  const { draftReport, issueReport, listReports, readReport, readReportPdf, territory } = uses;

  /** A report as HTML to print. */
  const writtenFor =
    ({ app }: Request) =>
    async (report: OpenedReport): Promise<string> => {
      const model = reportModel(report, territory);
      return renderPrint(app, 'manager/reportBody', model);
    };

  const show = async (res: Response, report: OpenedReport, more: object): Promise<void> => {
    const model = { ...reportModel(report, territory), isOver: false, isNew: false, canPrint: true, ...more };
    await renderPage(res, 'manager/report', model);
  };

  return {
    async list(req: Request, res: Response): Promise<void> {
      const reader = accountOf(req.account);
      await renderPage(res, 'manager/reports', listPage(await listReports(reader), may(reader, 'issueReports')));
    },

    async draft(req: Request, res: Response): Promise<void> {
      const { trimestre } = req.query;
      if (typeof trimestre !== 'string') throw new NotFound();
      const report = await draftReport(accountOf(req.account), trimestre);
      await show(res, report, { isOver: report.isOver });
    },

    async issue(req: Request, res: Response): Promise<void> {
      const { trimestre = '' } = (req.body ?? {}) as Record<string, unknown>;
      const quarter = String(trimestre);
      await issueReport(accountOf(req.account), quarter, writtenFor(req));
      res.redirect(303, `${paths.report(quarter)}?arrete=1`);
    },

    async show(req: Request, res: Response): Promise<void> {
      const report = await readReport(accountOf(req.account), String(req.params['id']));
      await show(res, report, { isNew: req.query['arrete'] === '1', canPrint: req.query['pdf'] !== 'non' });
    },

    async pdf(req: Request, res: Response): Promise<void> {
      const address = String(req.params['id']);
      const { name, pdf } = await readReportPdf(accountOf(req.account), address, writtenFor(req));
      if (!pdf) return res.redirect(303, `${paths.report(address)}?pdf=non`);
      res.attachment(name).type('application/pdf').send(pdf);
    },
  };
};
