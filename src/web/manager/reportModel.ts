import { dateInWords, timeInWords } from '../../domain/calendar/words.js';
import type { KpiId } from '../../domain/statistics/kpis.js';
import { endOf, startOf } from '../../domain/statistics/period.js';
import { quarterAt, quarterNamed } from '../../domain/statistics/quarters.js';
import { figureIn, type PartnerPart, type ReportContent } from '../../domain/statistics/report.js';
import { printReportId } from '../../domain/statistics/reportId.js';
import { baseInWords, changeInWords, figureInWords } from '../../domain/statistics/words.js';
import type { Epci, Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import type { OpenedReport } from '../../services/statistics/readReports.js';
import { delayChart } from '../charts/delayChart.js';
import type { Chart } from '../charts/drawing.js';
import { flowChart } from '../charts/flowChart.js';
import { outcomeChart } from '../charts/outcomeChart.js';
import { pathChart } from '../charts/pathChart.js';
import { tileMap } from '../charts/tileMap.js';
import { figuresTable, hasProjects, lacksTable, linesTable, reasonsTable, rulesTable } from './reportTables.js';

/** What a reader in a hurry sees first. */
const ESSENTIALS: KpiId[] = ['submitted', 'takenWithin2', 'medianDelay', 'helped', 'closedLoop', 'useful'];

/** Needs on the page of a partner, so that it stays one page. */
const NEEDS_OF_A_PARTNER = 6;

/** Who and what is counted is called as it was on the day of the report. */
const asItWas = ({ names }: ReportContent, territory: Territory): Territory => {
  const unknown = { department: '', inPole: false, isMetropole: false, territoireIndustrie: null, population: 0 };
  const partners = new Map(names.partners.map(({ id, name }) => [id, name]));
  const epcis: Epci[] = names.epcis.map((own) => ({ ...(territory.epci(own.siren) ?? unknown), ...own }));
  return {
    ...territory,
    epcis,
    epci: (siren) => epcis.find((epci) => epci.siren === siren),
    partner: (id) => {
      const [known, name] = [territory.partner(id) ?? territory.partners[0], partners.get(id)];
      return known && name ? { ...known, id, name } : undefined;
    },
  };
};

const tone = (isGood: boolean | null) => {
  if (isGood === null) return { tone: 'none', word: 'À noter' };
  return isGood ? { tone: 'good', word: 'Mieux' } : { tone: 'bad', word: 'Moins bien' };
};

const changesModel = (changes: ReportContent['changes']) =>
  changes.map(({ isGood, text }) => ({ ...tone(isGood), text: frenchTypography(text) }));

const tilesOf = (content: ReportContent) =>
  ESSENTIALS.flatMap((id) => {
    const row = figureIn(content, id);
    if (!row) return [];
    const isCompared = content.before !== null && !(content.isUnderWay && row.unit === 'count');
    const change = isCompared ? changeInWords(row.unit, row.figure, row.before) : null;
    const base = baseInWords(row, row.figure);
    return [
      {
        label: row.label,
        figure: figureInWords(row.unit, row.figure),
        change:
          change && change.arrow !== 'same' ? { ...change, text: `${change.text} qu’au trimestre d’avant` } : change,
        sentence: base && `${capital(base)}.`,
      },
    ];
  });

/** "du 2e trimestre 2026", of a quarter by its first day. */
const ofQuarter = (span: { first: string; last: string }): string =>
  `du ${quarterNamed(quarterAt(startOf(span))).label}`;

/** What the figures are compared with, and how far they are known. */
const aboutFigures = ({ before, yearBefore, isUnderWay, isSettled }: ReportContent): string[] => {
  const then = [before, yearBefore].flatMap((span) => (span ? [`à ceux ${ofQuarter(span)}`] : []));
  return [
    then.length > 0
      ? `Les chiffres sont comparés ${then.join(' et ')}, regardés aussi longtemps après.`
      : 'Aucun projet n’est arrivé pendant les périodes d’avant\u00a0: il n’y a rien à comparer.',
    ...(isUnderWay
      ? [
          'Le trimestre n’est pas terminé\u00a0: les nombres de projets ne sont pas comparés, les parts et les délais le sont.',
        ]
      : []),
    ...(isSettled || isUnderWay
      ? []
      : [
          'Les derniers projets du trimestre sont encore suivis\u00a0: le rapport dit ce que l’on en sait à cette date, et ne change plus ensuite.',
        ]),
  ];
};

const listed = (names: string[]): string => names.map(frenchTypography).join(', ');

const plural = (count: number, one: string, many: string): string => `${count}\u00a0${count > 1 ? many : one}`;

const lacksModel = ({ lacks }: ReportContent) => {
  const { needs, untaken, unasked, silentEpcis, epcis } = lacks;
  const unanswered = needs.reduce((sum, { noSolution, withoutPartner }) => sum + noSolution + withoutPartner, 0);
  return {
    sentences: [
      unanswered === 0
        ? 'Aucun projet ne s’est terminé sans solution ou sans partenaire.'
        : `${capital(plural(unanswered, 'projet s’est terminé', 'projets se sont terminés'))} sans solution ou sans partenaire.`,
      ...(untaken.length > 0
        ? [
            `Personne n’a pris en charge de projet pour ${plural(untaken.length, 'besoin', 'besoins')}\u00a0: ${listed(untaken)}.`,
          ]
        : []),
      silentEpcis.length === 0
        ? `Chacune des ${epcis} intercommunalités a envoyé au moins un projet.`
        : `${capital(plural(silentEpcis.length, 'intercommunalité', 'intercommunalités'))} sur ${epcis} sans aucun projet\u00a0: ${listed(silentEpcis)}.`,
      ...(unasked.length > 0 ? [`Besoins que personne n’a exprimés\u00a0: ${listed(unasked)}.`] : []),
    ],
    table: lacksTable(lacks),
  };
};

const partnerModel = (part: PartnerPart, content: ReportContent) => ({
  id: part.id,
  name: frenchTypography(part.name),
  changes: changesModel(part.changes),
  figures: figuresTable(part.groups, content),
  needs: part.needs && linesTable(part.needs, NEEDS_OF_A_PARTNER),
  reasons: part.reasons.map(({ label, projects }) => `${label} (${projects})`).join('\u00a0; '),
});

const isThere = (chart: Chart | null): chart is Chart => chart !== null;

const chartsOf = (content: ReportContent, territory: Territory) => {
  const { trend, flows, places } = content;
  const then = asItWas(content, territory);
  return {
    times: [flowChart(trend), delayChart(trend)].filter(isThere),
    partners: [outcomeChart(flows, then), pathChart(flows, then)].filter(isThere),
    map: tileMap(places, then),
  };
};

const partnersModel = (content: ReportContent) => {
  const [busy, silent] = [content.partners.filter(hasProjects), content.partners.filter((part) => !hasProjects(part))];
  return {
    partners: busy.map((part) => partnerModel(part, content)),
    silent: silent.length > 0 ? listed(silent.map(({ name }) => name)) : null,
  };
};

/** The whole territory's part of a report; null in that of one partner alone. */
const wholeModel = (content: ReportContent, territory: Territory) => {
  const tables = content.tables.map((table) => ({ id: table.id, ...linesTable(table) }));
  return {
    tiles: tilesOf(content),
    changes: changesModel(content.changes),
    lacks: lacksModel(content),
    figures: figuresTable(content.groups, content),
    charts: chartsOf(content, territory),
    byAxis: tables.filter(({ id }) => id === 'axis'),
    tables: tables.filter(({ id }) => id !== 'axis'),
    reasons: reasonsTable(content.reasons),
    rules: rulesTable(content.rules),
  };
};

/** Every figure that the report names, once, with its definition. */
const definitionsOf = ({ groups, partners }: ReportContent) => {
  const all = [...groups, ...partners.flatMap((part) => part.groups)].flatMap(({ figures }) => figures);
  const once = new Map(all.map(({ id, label, sentence }) => [id, { label, sentence }]));
  return [...once.values()];
};

/** A report as its page and its PDF show it: from its content alone. */
export const reportModel = ({ id, issued, content }: OpenedReport, territory: Territory) => {
  const { period } = content;
  const asOf = new Date(content.asOf);
  const own = id.partner === null ? null : (content.partners[0]?.name ?? null);
  return {
    id: printReportId(id),
    title: `${issued ? 'Rapport' : 'Projet de rapport'} du ${period.label}`,
    isDraft: issued === null,
    partner: own && frenchTypography(own),
    period: period.label,
    days: `du ${dateInWords(startOf(period))} au ${dateInWords(new Date(endOf(period).getTime() - 1))}`,
    asOf: `Données au ${dateInWords(asOf)} à ${timeInWords(asOf)}.`,
    issued: issued ? `Arrêté le ${dateInWords(issued.issuedAt)} par ${issued.by.name}.` : null,
    about: aboutFigures(content),
    whole: id.partner === null ? wholeModel(content, territory) : null,
    ...partnersModel(content),
    thresholds: content.thresholds,
    definitions: definitionsOf(content),
  };
};
