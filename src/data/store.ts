import { absencesOn } from './absences.js';
import { accountsOn } from './accounts.js';
import { auditEndsOn } from './auditEnds.js';
import { auditLinesOn } from './auditLines.js';
import { cellsOn } from './cells.js';
import { channelsOn } from './channels.js';
import { connectInBackground, connectNow, PATIENCE } from './connect.js';
import { counterDraftsOn } from './counterDrafts.js';
import { deliveriesOn } from './deliveries.js';
import { draftsOn } from './drafts.js';
import { eventsOn } from './events.js';
import { everyRecordOn } from './everyRecord.js';
import { exportChunksOn } from './exportChunks.js';
import { exportsOn } from './exports.js';
import { behindGate } from './gate.js';
import { inboxOn } from './inbox.js';
import { linksOn } from './links.js';
import { marksOn } from './marks.js';
import { migrationsOn } from './migrations/migrate.js';
import { namedPeriodsOn } from './namedPeriods.js';
import { noteDraftsOn } from './noteDrafts.js';
import { notesOn } from './notes.js';
import { partnerSettingsOn } from './partnerSettings.js';
import { pastRecordsOn } from './pastRecords.js';
import { projectFactsOn } from './projectFacts.js';
import { projectsOn } from './projects.js';
import { providerIdentitiesOn } from './providerIdentities.js';
import { publicSiteOn } from './publicSite.js';
import { purgesOn } from './purges.js';
import { referralFactsOn } from './referralFacts.js';
import { referralsOn } from './referrals.js';
import { replayMovesOn } from './replayMoves.js';
import { replaysOn } from './replays.js';
import { reportFilesOn } from './reportFiles.js';
import { reportsOn } from './reports.js';
import { rulesetDraftsOn } from './rulesetDrafts.js';
import { rulesetsOn } from './rulesets.js';
import { runsOn } from './runs.js';
import { savedViewsOn } from './savedViews.js';
import { sessionsOn } from './sessions.js';
import { staffTracesOn } from './staffTraces.js';

/**
 * Connects to the store (a MongoDB address). Its collections and indexes are made by `migrations`, once for all processes.
 * `as`: a process that lives on without the store, and finds it by itself when it is there; its pages are told within PATIENCE
 * that it is not (Unavailable). Without, throws when nobody answers.
 */
export const openStore = async (url: string, { as }: { as?: 'web' | 'worker' } = {}) => {
  const { connection, connected, isAway, close } = as ? connectInBackground(url) : await connectNow(url);
  const repositories = {
    absences: absencesOn(connection),
    accounts: accountsOn(connection),
    auditEnds: auditEndsOn(connection),
    auditLines: auditLinesOn(connection),
    cells: cellsOn(connection),
    channels: channelsOn(connection),
    counterDrafts: counterDraftsOn(connection),
    deliveries: deliveriesOn(connection),
    drafts: draftsOn(connection),
    events: eventsOn(connection),
    exportChunks: exportChunksOn(connection),
    exportRecords: exportsOn(connection),
    inbox: inboxOn(connection),
    links: linksOn(connection),
    marks: marksOn(connection),
    namedPeriods: namedPeriodsOn(connection),
    noteDrafts: noteDraftsOn(connection),
    notes: notesOn(connection),
    partnerSettings: partnerSettingsOn(connection),
    projectFacts: projectFactsOn(connection),
    projects: projectsOn(connection),
    providerIdentities: providerIdentitiesOn(connection),
    publicSite: publicSiteOn(connection),
    purges: purgesOn(connection),
    referralFacts: referralFactsOn(connection),
    referrals: referralsOn(connection),
    replayMoves: replayMovesOn(connection),
    replays: replaysOn(connection),
    reportFiles: reportFilesOn(connection),
    reports: reportsOn(connection),
    rulesetDrafts: rulesetDraftsOn(connection),
    rulesets: rulesetsOn(connection),
    runs: runsOn(connection),
    savedViews: savedViewsOn(connection),
    sessions: sessionsOn(connection),
    everyRecord: everyRecordOn(connection),
    pastRecords: pastRecordsOn(connection),
    staffTraces: staffTracesOn(connection),
  };
  return {
    ...(as === 'web' ? behindGate(repositories, { isAway, patience: PATIENCE }) : repositories),
    migrations: migrationsOn(connection),
    connection,
    connected,
    isAway,
    close,
  };
};
export type Store = Awaited<ReturnType<typeof openStore>>;
