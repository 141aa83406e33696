import type { Demonstration } from '../data/demonstration.js';
import type { Store } from '../data/store.js';
import type { EmailAddresses } from '../delivery/addresses.js';
import type { QueueBoard } from '../delivery/board.js';
import type { CalendarFile } from '../delivery/calendarFile.js';
import type { FileWriters } from '../delivery/fileWriters.js';
import type { OpenQueues } from '../delivery/openQueues.js';
import type { ParseInbound } from '../delivery/parseInbound.js';
import type { InTurn } from '../delivery/places.js';
import type { PrintPdf } from '../delivery/printPdf.js';
import type { RateLimits } from '../delivery/rateLimits.js';
import type { RenderEmail } from '../delivery/renderEmail.js';
import type { SingleSignOn } from '../delivery/singleSignOn.js';
import type { SlowDowns } from '../delivery/slowDowns.js';
import type { Transport } from '../delivery/transport.js';
import type { AuditNote } from '../domain/audit/auditActs.js';
import type { Ruleset } from '../domain/routing/rule.js';
import type { Territory } from '../domain/territory/territory.js';
import type { SecretSeal } from './accounts/secretSeal.js';
import type { AuditLog } from './audit/auditLog.js';
import type { ProcessCounts } from './processCounts.js';
import type { Readiness } from './readiness.js';

type Repositories = Pick<
  Store,
  | 'absences'
  | 'accounts'
  | 'auditEnds'
  | 'auditLines'
  | 'cells'
  | 'channels'
  | 'counterDrafts'
  | 'deliveries'
  | 'drafts'
  | 'events'
  | 'exportChunks'
  | 'exportRecords'
  | 'inbox'
  | 'links'
  | 'marks'
  | 'migrations'
  | 'namedPeriods'
  | 'noteDrafts'
  | 'notes'
  | 'partnerSettings'
  | 'pastRecords'
  | 'projectFacts'
  | 'projects'
  | 'providerIdentities'
  | 'publicSite'
  | 'purges'
  | 'referralFacts'
  | 'referrals'
  | 'replayMoves'
  | 'replays'
  | 'reportFiles'
  | 'reports'
  | 'rulesetDrafts'
  | 'rulesets'
  | 'runs'
  | 'savedViews'
  | 'staffTraces'
  | 'sessions'
>;

/** What use cases are made of. Each takes only the parts that it names; services.ts puts them together once. */
export interface Parts extends Repositories {
  territory: Territory;
  /** The rules that the territory begins with; those that decide now are the latest of `rulesets`. */
  firstRules: Ruleset;
  /** What the demonstration tells of this territory; null: it has none. */
  demonstration: Demonstration | null;
  /** The example projects with what is expected of them, as their file has it (cases.json of the territory). */
  examples: unknown[];
  clock: () => Date;
  /** What this process has done, for /metrics. */
  counts: ProcessCounts;
  newId: () => string;
  newReference: (at: Date) => string;
  /** Tells the queue that these deliveries may leave; false when Redis is away, and the sweep will tell it again. */
  enqueue: (deliveries: string[]) => Promise<boolean>;
  /** The same for replays of the rules. */
  enqueueReplays: (replays: string[]) => Promise<boolean>;
  /** And for files that people have asked for. */
  enqueueExports: (exports: string[]) => Promise<boolean>;
  /** How much Redis holds, for those who look after the desk. */
  queueDepths: OpenQueues['depths'];
  queueBoard: QueueBoard;
  /** How this process stands. */
  readiness: Readiness;
  /** Keeps a line in the audit log; done once it is on disk. Throws when the store is away: what cannot be answered for is not done. */
  note: (note: AuditNote) => Promise<void>;
  audit: Pick<AuditLog, 'purgeBefore'>;
  /** Signs an account out everywhere. */
  endSessions: (account: string) => Promise<void>;
  /** How often something may be done, by address or e-mail. */
  limits: Pick<RateLimits, 'take' | 'giveBack'>;
  /** How wrong passwords and codes slow down the next attempt. */
  slowDowns: Omit<SlowDowns, 'close'>;
  secretSeal: SecretSeal;
  /** Sent sooner after the first answer than so many seconds, a project is read by a person before any partner. */
  humanSeconds: number;
  render: RenderEmail;
  addresses: EmailAddresses;
  calendarFile: CalendarFile;
  fileWriters: FileWriters;
  /** Prints a page of ours to PDF; gives null where no browser can. */
  printPdf: PrintPdf;
  parseInbound: ParseInbound;
  /** As many e-mails at a time as this process may have between the mail server and the store's record of them. */
  inMailTurn: InTurn;
  transport: Pick<Transport, 'send'>;
  /** The organisation's own provider of sign-ins; null: none is set. */
  singleSignOn: SingleSignOn | null;
}
