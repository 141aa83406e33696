import path from 'node:path';
import { SCHEDULES } from '../jobs/schedules.js';
import { type Config, projectRoot, type ServiceConfig } from './config.js';
import { newId, newReference } from './data/records.js';
import { SessionStore } from './data/sessionStore.js';
import { openStore } from './data/store.js';
import { loadDemonstrationFile, loadExamples, loadRules, loadTerritory } from './data/territoryFiles.js';
import { emailAddresses } from './delivery/addresses.js';
import { queueBoard } from './delivery/board.js';
import { calendarFiles } from './delivery/calendarFile.js';
import { fileWriters } from './delivery/fileWriters.js';
import { openQueues } from './delivery/openQueues.js';
import { parseInbound } from './delivery/parseInbound.js';
import { places } from './delivery/places.js';
import { pdfPrinter } from './delivery/printPdf.js';
import { deliveryQueue, exportQueue, replayQueue } from './delivery/queue.js';
import { limitsWith, rateLimitsOn } from './delivery/rateLimits.js';
import { emailRenderer } from './delivery/renderEmail.js';
import { singleSignOn } from './delivery/singleSignOn.js';
import { slowDownsOn } from './delivery/slowDowns.js';
import { smtpTransport } from './delivery/transport.js';
import { addAbsence, readAbsences, removeAbsence } from './services/absences.js';
import { accountServices } from './services/accounts/accountServices.js';
import { completeDepartures } from './services/accounts/closeAccount.js';
import { sealWith } from './services/accounts/secretSeal.js';
import { actOnMany, readMany } from './services/actOnMany.js';
import { acts } from './services/acts.js';
import { addMessage } from './services/addMessage.js';
import { answerSurvey } from './services/answerSurvey.js';
import { auditLog } from './services/audit/auditLog.js';
import { auditServices } from './services/audit/auditServices.js';
import { addChannel, listChannels, readChannel, removeChannel } from './services/channels.js';
import { closeInTriage } from './services/closeInTriage.js';
import { correctContact } from './services/correctContact.js';
import { counterServices } from './services/counter/counterServices.js';
import { draftUnderWay, keepChannel, readDraft, reopenReceipt, saveDraft, startOver } from './services/drafts.js';
import { eraseProject } from './services/eraseProject.js';
import { expire } from './services/expire.js';
import { findNearProject, openNearProject } from './services/findNearProject.js';
import { followProject } from './services/followProject.js';
import { receiveEmail } from './services/inbound/receiveEmail.js';
import { meetingFile } from './services/meetingFile.js';
import { dropNoteDraft, readNoteDrafts, saveNoteDraft } from './services/noteDrafts.js';
import { addNote, shareMessage } from './services/notes.js';
import { ownAppointment } from './services/ownAppointment.js';
import { ownData } from './services/ownData.js';
import { readPartnerSettings, savePartnerSettings } from './services/partnerSettings.js';
import type { Parts } from './services/parts.js';
import { previewEmail } from './services/previewEmail.js';
import { privacyServices } from './services/privacy/privacyServices.js';
import { processCounts } from './services/processCounts.js';
import { readProjectEmails } from './services/projectEmails.js';
import { publicSiteAsKnown, readPublicSite, savePublicSite } from './services/publicSite.js';
import { queueCounts } from './services/queueCounts.js';
import { readColleagues } from './services/readColleagues.js';
import { readDeskCounts } from './services/readDeskCounts.js';
import { readinessOf } from './services/readiness.js';
import { readMeters } from './services/readMeters.js';
import { readOperations, settleMessage } from './services/readOperations.js';
import { readFreshness, readQueue } from './services/readQueue.js';
import { readReferral } from './services/readReferral.js';
import { readTeam, readTeammate, saveCompetences } from './services/readTeam.js';
import { askToResume, readResumeLink, resumeDraft } from './services/resume.js';
import { activeRuleset } from './services/rules/activeRuleset.js';
import { rulesServices } from './services/rules/rulesServices.js';
import type { TimedWork } from './services/runTimetable.js';
import { listViews, removeView, saveView } from './services/savedViews.js';
import { sayNobodyCalled } from './services/sayNobodyCalled.js';
import { sayWhatBecame } from './services/sayWhatBecame.js';
import { readSendAgain, sendAgain } from './services/sendAgain.js';
import { countEmails } from './services/sending/countEmails.js';
import { enqueueOwed } from './services/sending/enqueueOwed.js';
import { refuseAddress } from './services/sending/refuseAddress.js';
import { readRetry, retryFailed } from './services/sending/retryFailed.js';
import { sendDelivery } from './services/sending/sendDelivery.js';
import { shareRoundTrips } from './services/sending/shareRoundTrips.js';
import { sendLinkAgain } from './services/sendLinkAgain.js';
import { type Settle, settle } from './services/settle.js';
import { shareSettling } from './services/shareSettling.js';
import { announceLeftovers } from './services/statistics/announceReport.js';
import { exportServices } from './services/statistics/exports/exportServices.js';
import { issueReport, readReportPdf } from './services/statistics/issueReport.js';
import { listPeriods, namePeriod, removePeriod } from './services/statistics/namedPeriods.js';
import { readAttention } from './services/statistics/readAttention.js';
import { readBehindFigure } from './services/statistics/readBehindFigure.js';
import { readFigureChoices } from './services/statistics/readFigureChoices.js';
import { readFigures } from './services/statistics/readFigures.js';
import { readPublicFigures } from './services/statistics/readPublicFigures.js';
import { draftReport, listReports, readReport } from './services/statistics/readReports.js';
import { readRulesQuality } from './services/statistics/readRulesQuality.js';
import { refreshFacts } from './services/statistics/refreshFacts.js';
import { submitProject } from './services/submitProject.js';
import { sweep } from './services/sweep.js';
import { timedServices } from './services/timedServices.js';
import { readProject, readTriage, sendToPartner } from './services/triage.js';
import { withdrawProject } from './services/withdrawProject.js';

/** What holders see and do on the follow-up page, and how they find it again. */
const holderServices = (parts: Parts & { settleProject: Settle['settleProject'] }) => ({
  followProject: followProject(parts),
  addMessage: addMessage(parts),
  correctContact: correctContact(parts),
  sayNobodyCalled: sayNobodyCalled(parts),
  answerSurvey: answerSurvey(parts),
  sayWhatBecame: sayWhatBecame(parts),
  withdrawProject: withdrawProject(parts),
  eraseProject: eraseProject(parts),
  ownAppointment: ownAppointment(parts),
  ownData: ownData(parts),
  sendLinkAgain: sendLinkAgain(parts),
});

/** The sheet of a referral: what is read, and what is written beside the acts. */
const sheetServices = (parts: Parts & { settleReferral: Settle['settleReferral'] }) => ({
  readReferral: readReferral(parts),
  readColleagues: readColleagues(parts),
  addNote: addNote(parts),
  shareMessage: shareMessage(parts),
  readNoteDrafts: readNoteDrafts(parts),
  saveNoteDraft: saveNoteDraft(parts),
  dropNoteDraft: dropNoteDraft(parts),
  meetingFile: meetingFile(parts),
});

/** What leads see and settle of their team, and when people are away. */
const teamServices = (parts: Parts & { settleReferral: Settle['settleReferral'] }) => ({
  readTeam: readTeam(parts),
  readTeammate: readTeammate(parts),
  saveCompetences: saveCompetences(parts),
  readAbsences: readAbsences(parts),
  addAbsence: addAbsence(parts),
  removeAbsence: removeAbsence(parts),
  readPartnerSettings: readPartnerSettings(parts),
  savePartnerSettings: savePartnerSettings(parts),
});

/** The e-mails of a project on its sheet, and how the machinery of all of them stands. */
const followUpServices = (parts: Parts) => ({
  readProjectEmails: readProjectEmails(parts),
  readSendAgain: readSendAgain(parts),
  sendAgain: sendAgain(parts),
  readOperations: readOperations(parts),
  readRetry: readRetry(parts),
  retryFailed: retryFailed(parts),
  settleMessage: settleMessage(parts),
  queueBoard: parts.queueBoard,
});

/** The committee's reports. */
const reportServices = (parts: Parts) => ({
  listReports: listReports(parts),
  draftReport: draftReport(parts),
  issueReport: issueReport(parts),
  readReport: readReport(parts),
  readReportPdf: readReportPdf(parts),
});

type ReceiverParts = Omit<
  Parameters<typeof settle>[0] & Parameters<typeof refuseAddress>[0] & Parameters<typeof receiveEmail>[0],
  'settleProject' | 'refuseAddress'
>;

/** Takes in what mail servers receive for us: needs neither queue nor mail server. */
const receiver = (parts: ReceiverParts) => {
  const { settleProject } = settle(parts);
  return receiveEmail({ ...parts, settleProject, refuseAddress: refuseAddress({ ...parts, settleProject }) });
};

/** The same for a command, on its own store: the sweep tells the queue what is owed then. */
export const receiverOn = (store: Omit<ReceiverParts, 'addresses' | 'enqueue' | 'parseInbound'>, config: Config) =>
  receiver({ ...store, addresses: emailAddresses(config), enqueue: async () => false, parseInbound });

/** For a command: the page behind the link of an invitation. */
export const invitationAddress = (config: Config, secret: string): string => emailAddresses(config).invitation(secret);

/** Every use case, bound once to its parts. */
export const buildServices = (parts: Parts) => {
  const shared = shareSettling(parts);
  const { settleProject, settleReferral, settleLeftovers, settleStored } = settle(shared);
  const active = activeRuleset(parts);
  const counted = queueCounts(parts);

  return {
    territory: parts.territory,
    clock: parts.clock,
    limits: parts.limits,

    readDraft: readDraft(parts),
    draftUnderWay: draftUnderWay(parts),
    saveDraft: saveDraft(parts),
    startOver: startOver(parts),
    keepChannel: keepChannel(parts),
    askToResume: askToResume(parts),
    readResumeLink: readResumeLink(parts),
    resumeDraft: resumeDraft(parts),
    submitProject: submitProject({ ...shared, settleProject, settleStored, activeRuleset: active }),
    findNearProject: findNearProject(parts),
    openNearProject: openNearProject(parts),
    reopenReceipt: reopenReceipt({ ...parts, settleProject }),
    ...holderServices({ ...parts, settleProject }),

    ...accountServices({ ...parts, settleReferral }),
    accountById: parts.accounts.byId,

    readQueue: readQueue({ ...parts, queueCounts: counted }),
    readFreshness: readFreshness(parts),
    listViews: listViews(parts),
    saveView: saveView(parts),
    removeView: removeView(parts),
    ...sheetServices({ ...parts, settleReferral }),
    ...acts({ ...parts, settleReferral }),
    actOnMany: actOnMany(acts({ ...parts, settleReferral })),
    readMany: readMany(parts),

    ...followUpServices(parts),
    ...teamServices({ ...parts, settleReferral }),

    readTriage: readTriage(parts),
    closeInTriage: closeInTriage({ ...parts, settleProject }),
    readDeskCounts: readDeskCounts({ ...parts, queueCounts: counted }),
    readProject: readProject(parts),
    sendToPartner: sendToPartner({ ...parts, settleReferral }),

    refreshFacts: refreshFacts(parts),
    readFigures: readFigures(parts),
    readRulesQuality: readRulesQuality({ ...parts, activeRuleset: active }),
    readAttention: readAttention({ ...parts, activeRuleset: active }),
    ...exportServices(parts),
    ...auditServices(parts),
    readBehindFigure: readBehindFigure(parts),
    readFigureChoices: readFigureChoices(parts),
    previewEmail: previewEmail(parts),
    readPublicFigures: readPublicFigures(parts),
    ...reportServices(parts),
    listPeriods: listPeriods(parts),
    namePeriod: namePeriod(parts),
    removePeriod: removePeriod(parts),

    listChannels: listChannels(parts),
    readChannel: readChannel(parts),
    addChannel: addChannel(parts),
    removeChannel: removeChannel(parts),

    readPublicSite: readPublicSite(parts),
    publicSiteAsKnown: publicSiteAsKnown(parts),
    savePublicSite: savePublicSite(parts),
    frameAddress: parts.addresses.frame,

    ...privacyServices({ ...parts, settleProject }),
    ...counterServices({ ...parts, settleProject, activeRuleset: active }),
    ...rulesServices({ ...parts, activeRuleset: active }),

    sendDelivery: countEmails(
      sendDelivery({ ...shareRoundTrips(parts), refuseAddress: refuseAddress({ ...parts, settleProject }) }),
      parts.counts,
    ),
    counts: parts.counts,
    readiness: parts.readiness,
    readMeters: readMeters({ ...parts, schedules: SCHEDULES }),
    refuseAddress: refuseAddress({ ...parts, settleProject }),
    receiveEmail: receiver(parts),
    ...timedServices({
      ...parts,
      settleProject,
      schedules: SCHEDULES,
      sweep: sweep({
        ...parts,
        settleLeftovers: async () =>
          (await settleLeftovers()) +
          (await announceLeftovers(parts)()) +
          (await completeDepartures({ ...parts, settleReferral })()),
        expire: expire({ ...parts, settleReferral }),
      }),
    }),
  };
};
export type Services = ReturnType<typeof buildServices>;

/**
 * The composition root: connects to the store, the queue and the mail server, and binds the use cases to them. `as`: a process
 * that waits for none of them (see openStore).
 */
export const openServices = async (
  config: ServiceConfig,
  clock: () => Date = () => new Date(),
  { as }: { as?: 'web' | 'worker' } = {},
) => {
  const territory = loadTerritory(config.territoryDir);
  const store = await openStore(config.mongodbUrl, as && { as });
  const queue = deliveryQueue(config.redisUrl);
  const replays = replayQueue(config.redisUrl);
  const files = exportQueue(config.redisUrl);
  const queues = openQueues(config.redisUrl);
  const limits = rateLimitsOn(config.redisUrl, config.sessionSecrets[0] ?? '', limitsWith(config.emailsAMinute));
  const audit = auditLog({ ...store, clock, secrets: config.sessionSecrets });
  const slowDowns = slowDownsOn(config.redisUrl, config.sessionSecrets[0] ?? '');
  const transport = smtpTransport(config.smtpUrl, { connections: config.emailConcurrency });
  const parts: Parts = {
    ...store,
    territory,
    firstRules: loadRules(config.territoryDir),
    demonstration: loadDemonstrationFile(config.territoryDir),
    examples: loadExamples(config.territoryDir),
    clock,
    counts: processCounts(Object.keys(SCHEDULES) as TimedWork[]),
    newId,
    newReference,
    enqueue: enqueueOwed({ ...store, clock, enqueue: queue.enqueue }),
    enqueueReplays: replays.enqueue,
    enqueueExports: files.enqueue,
    queueDepths: queues.depths,
    readiness: readinessOf({ ...store, redisAnswers: async () => (await queues.open()) !== null }),
    queueBoard: queueBoard(queues),
    note: audit.note,
    audit,
    endSessions: async (account) => void (await store.sessions.endAll(account, clock())),
    limits,
    slowDowns,
    secretSeal: sealWith(config.sessionSecrets),
    humanSeconds: config.humanSeconds,
    render: emailRenderer(path.join(projectRoot, 'views'), territory.words),
    addresses: emailAddresses(config),
    calendarFile: calendarFiles(config),
    fileWriters,
    printPdf: pdfPrinter({ folders: config.programFolders, publicFolder: path.join(projectRoot, 'public') }),
    parseInbound,
    inMailTurn: places(config.emailConcurrency),
    transport,
    singleSignOn: config.singleSignOn && singleSignOn(config.singleSignOn, config),
  };

  return {
    parts,
    services: buildServices(parts),
    sessions: new SessionStore(store.sessions, clock),
    /** Settles when the store has answered for the first time. */
    connected: store.connected,
    storeIsAway: store.isAway,
    close: async (): Promise<void> => {
      transport.close();
      limits.close();
      slowDowns.close();
      await Promise.all([queue.close(), replays.close(), files.close(), queues.close()]);
      await audit.settled();
      await store.close();
    },
  };
};
export type OpenServices = Awaited<ReturnType<typeof openServices>>;
