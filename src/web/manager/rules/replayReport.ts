import type { Request, Response } from 'express';
import { dateInWords } from '../../../domain/calendar/words.js';
import type { ReplayReport } from '../../../domain/routing/replay.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { MovedRow, ReplaySheet } from '../../../services/rules/readReplay.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type PageModel, renderPage } from '../../renderPage.js';
import { countInWords } from './draftCard.js';
import { loadChart, loadsOf, loadTable } from './loadChart.js';
import { agreementInWords, destinationInWords, movedInWords, REPLAY_STATES, timeLeftInWords } from './replayWords.js';

/** Seconds between two looks at a replay under way. */
const REFRESH = 3;
const HALF_A_DAY = 12 * 3600 * 1000;

/** Who moves from where to where; where nobody moves, nothing is drawn. */
const matrixTable = ({ matrix }: ReplayReport, territory: Territory) => {
  const moves = matrix.filter(({ from, to }) => from !== to);
  const total = (key: 'from' | 'to') => (id: string) =>
    moves.reduce((sum, move) => (move[key] === id ? sum + move.count : sum), 0);
  const ordered = (key: 'from' | 'to'): string[] =>
    [...new Set(moves.map((move) => move[key]))].sort((a, b) => total(key)(b) - total(key)(a));
  const columns = ordered('to');
  const countOf = (from: string, to: string): string =>
    String(moves.find((move) => move.from === from && move.to === to)?.count ?? '–');
  return {
    caption: 'De (lignes) vers (colonnes), en nombre de projets',
    columns: [{ label: 'De' }, ...columns.map((id) => ({ label: destinationInWords(id, territory), isNumber: true }))],
    rows: ordered('from').map((from) => [
      destinationInWords(from, territory),
      ...columns.map((to) => countOf(from, to)),
    ]),
  };
};

const movedModel = ({ id, from, to, chosen, project }: MovedRow, territory: Territory) => ({
  title: project?.facts.title ?? 'Projet effacé depuis',
  href: project ? paths.projectSheet(id) : null,
  from: destinationInWords(from, territory),
  to: destinationInWords(to, territory),
  chosen: chosen ? destinationInWords(chosen, territory) : 'Personne n’a choisi',
});

const reportModel = (report: ReplayReport, territory: Territory) => {
  const loads = loadsOf(report, territory);
  return {
    moved: `${movedInWords(report.moved, report.total)}.`,
    unlike:
      report.unlikeStored === 0
        ? null
        : `Les règles en vigueur elles-mêmes n’enverraient plus ${countInWords(report.unlikeStored, 'projet')} où ${report.unlikeStored > 1 ? 'ils sont partis' : 'il est parti'} : les règles ou l’annuaire ont changé depuis.`.replace(
            ' :',
            '\u00a0:',
          ),
    matrix: report.moved > 0 ? matrixTable(report, territory) : null,
    chart: loadChart(loads),
    loads: loadTable(loads),
    agreement: agreementInWords(report.agreement),
  };
};

const replayPage = (
  { replay, by, isCurrent, rows, page, pages }: ReplaySheet,
  territory: Territory,
  now: Date,
): PageModel => {
  const isUnderWay = replay.state === 'waiting' || replay.state === 'running';
  const report = replay.report as ReplayReport | null;
  const link = (number: number): string => `${paths.rulesReplayReport(replay.id)}?page=${number}#deplaces`;
  const left = timeLeftInWords(replay, now);
  return {
    title: 'Rejeu des projets passés',
    tag: REPLAY_STATES[replay.state],
    about: `Projets reçus du ${dateInWords(replay.from)} au ${dateInWords(new Date(replay.to.getTime() - HALF_A_DAY))}, demandé par ${by?.name ?? 'une personne du pilotage'}`,
    isUnderWay,
    isCurrent,
    isFailed: replay.state === 'failed',
    isStopped: replay.state === 'stopped',
    done: replay.done,
    total: Math.max(replay.total, 1),
    progress:
      replay.state === 'waiting'
        ? 'En attente : il commence dans quelques secondes.'.replace(' :', '\u00a0:')
        : `${replay.done} projets sur ${replay.total}.${left ? ` Encore ${left}.` : ''}`,
    stop: isUnderWay ? paths.rulesReplayStop(replay.id) : null,
    again: paths.rulesReplay(),
    report: report && report.total > 0 && !isUnderWay ? reportModel(report, territory) : null,
    rows: rows.map((row) => movedModel(row, territory)),
    previous: page > 1 ? link(page - 1) : null,
    next: page < pages ? link(page + 1) : null,
    pageText: `Page ${page} sur ${pages}`,
  };
};

/** How far a replay is, then what it found. While it runs, the page asks again by itself. */
export const replayReportScreen = ({
  clock,
  readReplay,
  stopReplay,
  territory,
}: Pick<Services, 'clock' | 'readReplay' | 'stopReplay' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const sheet = await readReplay(accountOf(req.account), String(req.params['id']), Number(req.query['page'] ?? 1));
    const page = replayPage(sheet, territory, clock());
    if (page['isUnderWay']) res.set('Refresh', String(REFRESH));
    await renderPage(res, 'manager/rules/replayReport', page);
  },

  async stop(req: Request, res: Response): Promise<void> {
    const id = String(req.params['id']);
    await stopReplay(accountOf(req.account), id);
    res.redirect(303, paths.rulesReplayReport(id));
  },
});
