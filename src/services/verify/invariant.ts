import type { EveryRecord } from '../../data/everyRecord.js';
import type { EndParts } from '../endProject.js';
import type { Parts } from '../parts.js';
import type { settle } from '../settle.js';
import type { RefreshParts } from '../statistics/refreshFacts.js';
import type { ProjectFile } from './projectFile.js';
import type { Standing } from './standing.js';

/** What checking and repairing the store take. */
export type VerifyParts = Parameters<typeof settle>[0] &
  RefreshParts &
  EndParts &
  Pick<
    Parts,
    | 'auditEnds'
    | 'auditLines'
    | 'endSessions'
    | 'firstRules'
    | 'noteDrafts'
    | 'pastRecords'
    | 'rulesets'
    | 'runs'
    | 'sessions'
  > & {
    everyRecord: EveryRecord;
    /** Those of the seals of the audit log; none: seals are not looked at. */
    secrets: string[];
  };

/** What breaks a rule. Codes and ids only: it may be printed, and kept in a log. */
export interface Fault {
  /** Of the record at fault. */
  id: string;
  what: string;
  /** The project that is to be looked at again. */
  project?: string;
  /** The event whose consequences are missing, or the account or class that it is about. */
  of?: string;
}

/**
 * `loss`: somebody waits for what will not come. `wrong`: two records contradict each other. `remains`: something that should
 * be gone.
 */
export type Severity = 'loss' | 'wrong' | 'remains';

export interface Repair {
  /** The step of the desk that puts it right, in words. */
  by: string;
  /** Done twice, it changes nothing more. */
  run: (parts: VerifyParts, faults: Fault[]) => Promise<void>;
}

/** One rule that the store keeps, whatever happens. */
export interface Invariant {
  /** One sentence: what always holds. */
  label: string;
  severity: Severity;
  /** Null: only a person can decide. */
  repair: Repair | null;
  /** Looks at one project with all that follows from it. */
  inFile?: (file: ProjectFile, standing: Standing) => Fault[];
  /** Looks at the records of other collections; `only`: at these again. */
  inStore?: (parts: VerifyParts, standing: Standing, only?: string[]) => AsyncIterable<Fault>;
}
