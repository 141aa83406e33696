import { timeInWords } from '../../domain/calendar/words.js';
import { failureKindOf } from '../../domain/emails/failures.js';
import { ROLES } from '../../domain/referrals/access.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Operations } from '../../services/readOperations.js';
import type { Schedule, Schedules } from '../../services/runTimetable.js';
import { FAILURES, TO_WHOM, whenInWords } from '../emails/emailWords.js';
import { labelOf } from '../emails/projectEmails.js';
import { partnerInWords } from '../projectWords.js';
import type { PageModel } from '../renderPage.js';

/** Beyond that many minutes, what is due is late: the sweep passes every minute, and a try takes at most two. */
const LATE_MINUTES = 5;

const MINUTE = 60_000;
const UNITS = [
  ['jour', 24 * 60],
  ['heure', 60],
  ['minute', 1],
] as const;

/** "2 jours", "3 heures", "1 minute": the largest unit that fits, rounded down. */
const durationInWords = (milliseconds: number): string => {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [unit, size] = UNITS.find(([, each]) => minutes >= each) ?? UNITS[2];
  const count = Math.floor(minutes / size);
  return count < 1 ? 'moins d’une minute' : `${count}\u00a0${unit}${count > 1 ? 's' : ''}`;
};

const figure = (count: number): string => {
  const inWords = new Intl.NumberFormat('fr-FR').format(Math.min(count, COUNTED));
  return count > COUNTED ? `${inWords} et plus` : inWords;
};
const some = (count: number, one: string, many: string): string => `${figure(count)} ${count > 1 ? many : one}`;

const QUEUES = {
  deliveries: 'E-mails',
  replays: 'Essais de règles sur le passé',
  exports: 'Fichiers à préparer',
  timetable: 'Ce qui tourne tout seul',
};

const queuesModel = (depths: Operations['depths']) =>
  depths?.map(({ queue, waiting, active, delayed }) => [
    QUEUES[queue],
    figure(waiting),
    figure(active),
    figure(delayed),
  ]) ?? null;

const tilesModel = ({ late, later, sentLastHour, sentLastDay }: Operations, now: Date) => {
  const [oldest] = late;
  const retried = late.filter(({ failedBecause }) => failedBecause !== null).length;
  const since = oldest ? durationInWords(now.getTime() - oldest.due.getTime()) : '';
  return [
    {
      label: 'À envoyer maintenant',
      figure: figure(late.length),
      sentence: oldest
        ? `Le plus ancien attend depuis ${since}.${retried > 0 ? ` Dont ${figure(retried)} après un refus.` : ''}`
        : 'Tout ce qui devait partir est parti.',
    },
    { label: 'Pour plus tard', figure: figure(later), sentence: 'Leur heure n’est pas venue.' },
    {
      label: 'Partis depuis une heure',
      figure: figure(sentLastHour),
      sentence: 'Acceptés par le serveur de courrier.',
    },
    {
      label: 'Partis depuis 24\u00a0heures',
      figure: figure(sentLastDay),
      sentence: 'Acceptés par le serveur de courrier.',
    },
  ];
};

/** The last time of a row of the timetable: latest first. */
const hasFailed = (runs: Operations['runs']): boolean =>
  [...new Set(runs.map(({ name }) => name))].some((row) => {
    const last = runs.find(({ name }) => name === row);
    return last?.failedBecause !== null && !last?.finishedAt;
  });

/** What stands out, in one sentence: first what stops everything. */
const verdictOf = (
  { depths, late, failures, refused, runs, unmatchedTotal }: Operations,
  now: Date,
): { title: string; text: string; tone: string } => {
  // One that the mail server has put off is tried again later and later: it tells nothing of the worker.
  const untried = late.find(({ failedBecause }) => failedBecause === null);
  const oldest = untried ? now.getTime() - untried.due.getTime() : 0;
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  if (!depths)
    return {
      title: 'Redis ne répond pas',
      text: 'Rien n’est perdu : ce qui doit partir est noté dans la base, et partira quand Redis répondra de nouveau.',
      tone: 'late',
    };
  if (oldest > LATE_MINUTES * MINUTE)
    return {
      title: `Un message attend depuis ${durationInWords(oldest)}`,
      text: 'Le programme qui envoie («\u00a0worker\u00a0») est peut-être arrêté, ou le serveur de courrier ne répond pas.',
      tone: 'late',
    };
  if (hasFailed(runs))
    return {
      title: 'Une tâche a échoué parmi celles qui tournent toutes seules',
      text: 'Voyez laquelle et pourquoi plus bas. Elle est reprise d’elle-même\u00a0; si elle échoue encore, il faut y regarder.',
      tone: 'late',
    };
  if (failed > 0)
    return {
      title: `${some(failed, 'message n’est pas arrivé', 'messages ne sont pas arrivés')}`,
      text: 'Voyez pourquoi plus bas, puis reprenez.',
      tone: 'soon',
    };
  const refusing = refused.projects + refused.accounts.length;
  if (refusing > 0)
    return {
      title: `${some(refusing, 'adresse ne reçoit plus', 'adresses ne reçoivent plus')}`,
      text: 'Le reste part à l’heure.',
      tone: 'soon',
    };
  if (unmatchedTotal > 0)
    return {
      title: `${some(unmatchedTotal, 'message', 'messages')} à lire, que personne n’attendait`,
      text: 'Tout part à l’heure.',
      tone: 'soon',
    };
  return { title: 'Tout part à l’heure', text: 'Rien n’est en retard, et rien n’est à reprendre.', tone: 'done' };
};

const failuresModel = ({ failures, gaveUp }: Operations, { now, mayOpen }: { now: Date; mayOpen: boolean }) => ({
  kinds: [...failures].map(([kind, count]) => [capital(FAILURES[kind]), figure(count)]),
  latest: gaveUp.map((delivery) => ({
    label: labelOf(delivery),
    to: TO_WHOM[delivery.audience],
    when: delivery.gaveUpAt ? whenInWords(delivery.gaveUpAt, now) : '',
    kind: capital(FAILURES[failureKindOf(delivery.failedBecause ?? '')]),
    because: delivery.failedBecause ?? '',
    href: mayOpen && delivery.project ? paths.projectSheet(delivery.project) : null,
  })),
  retry: paths.retryFailed(),
});

const refusedModel = ({ refused }: Operations, { now, territory }: { now: Date; territory: Territory }) => ({
  accounts: refused.accounts.map(({ account, refusal }) => ({
    name: account.name,
    role: [ROLES[account.role], ...(account.partner ? [partnerInWords(account.partner, territory)] : [])].join(', '),
    when: whenInWords(refusal.at, now),
    because: refusal.because,
  })),
  projects: refused.projects > 0 ? some(refused.projects, 'projet', 'projets') : null,
});

const EVERY = {
  night: 'chaque nuit',
  'business morning': 'chaque matin ouvré',
  week: 'au début de la semaine',
  quarter: 'au début du trimestre',
};

const whenOf = ({ when }: Schedule): string => {
  if (when.every === 'minute') return 'chaque minute';
  const [hour, minute] = when.at.split(':').map(Number);
  return `${EVERY[when.every]} à ${hour}\u00a0h${minute ? `\u00a0${String(minute).padStart(2, '0')}` : ''}`;
};

const runState = ({ startedAt, finishedAt, failedBecause, done }: Operations['runs'][number], now: Date) => {
  if (finishedAt)
    return { label: 'Fait', tone: 'done', text: `${whenInWords(finishedAt, now)}, ${some(done, 'traité', 'traités')}` };
  if (failedBecause) return { label: 'Échec', tone: 'late', text: `${whenInWords(startedAt, now)} : ${failedBecause}` };
  return { label: 'En cours', tone: 'now', text: `depuis ${timeInWords(startedAt)}` };
};

/** Each row of the timetable with its last lines, latest first. */
const runsModel = ({ runs }: Operations, schedules: Schedules, now: Date) =>
  Object.entries(schedules).map(([row, schedule]) => ({
    does: schedule.does,
    when: whenOf(schedule),
    lines: runs.filter(({ name }) => name === row).map((run) => runState(run, now)),
  }));

const unmatchedModel = ({ unmatched, unmatchedTotal }: Operations, now: Date) => ({
  total: unmatchedTotal,
  count: some(unmatchedTotal, 'message', 'messages'),
  messages:
    unmatched?.map(({ id, receivedAt, project, ...message }) => ({
      ...message,
      when: whenInWords(receivedAt, now),
      project: project ? paths.projectSheet(project) : null,
      settle: paths.settleMessage(id),
    })) ?? null,
});

/** What the page says beside the figures: when it is read, and what its reader may do. */
export interface OperationsReading {
  now: Date;
  territory: Territory;
  schedules: Schedules;
  mayOpen: boolean;
  maySeeQueues: boolean;
}

/** The operations page, in words. */
export const operationsModel = (operations: Operations, reading: OperationsReading): PageModel => {
  const { now, schedules } = reading;
  return {
    title: 'Exploitation',
    asOf: whenInWords(now, now),
    verdict: verdictOf(operations, now),
    tiles: tilesModel(operations, now),
    queues: queuesModel(operations.depths),
    board: reading.maySeeQueues ? paths.queues() : null,
    failures: failuresModel(operations, reading),
    refused: refusedModel(operations, reading),
    runs: runsModel(operations, schedules, now),
    unmatched: unmatchedModel(operations, now),
  };
};
