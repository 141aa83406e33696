import { tellHead } from './audit/tellHead.js';
import { planDigests } from './digests/planDigests.js';
import type { Parts } from './parts.js';
import { purge } from './privacy/purge.js';
import { runTimetable, type Schedules } from './runTimetable.js';
import type { Settle } from './settle.js';
import { remindOfReport } from './statistics/announceReport.js';
import { refreshFacts } from './statistics/refreshFacts.js';
import { verifyNightly } from './statistics/verifyFacts.js';
import type { Sweep } from './sweep.js';

/** What runs by itself: the work behind each row of the timetable, and how it went. */
export const timedServices = (
  parts: Parts & { schedules: Schedules; sweep: Sweep; settleProject: Settle['settleProject'] },
) => {
  const plan = planDigests(parts);
  return {
    sweep: parts.sweep,
    /** The rows of the timetable, in words; their lines in the ledger are `runs`. */
    schedules: parts.schedules,
    timetable: runTimetable({
      ...parts,
      work: {
        'weekly-digests': plan('weekly'),
        'daily-digests': plan('daily'),
        'weekly-summary': plan('managers'),
        'report-reminder': remindOfReport(parts),
        purge: purge(parts),
        'refresh-figures': refreshFacts(parts),
        'verify-figures': verifyNightly(parts),
        'audit-head': tellHead(parts),
      },
    }),
  };
};
