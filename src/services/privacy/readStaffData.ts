import type { AccountEmailState } from '../../data/accounts.js';
import type { SavedView } from '../../data/savedViews.js';
import type { AuditTrace } from '../../data/staffTraces.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Absence } from '../../domain/referrals/assignment.js';
import type { Parts } from '../parts.js';

/** All that is kept about a member of the staff, for that person. */
export interface StaffData {
  account: Account;
  emails: AccountEmailState | null;
  absences: Omit<Absence, 'account'>[];
  views: SavedView[];
  /** Connections under way. */
  sessions: number;
  /** Acts on projects, how many of each kind. */
  acts: Map<string, number>;
  /** The latest lines of the audit log by, or about, this person. */
  audit: AuditTrace[];
}

/** Lines of the audit log given at most. */
const LINES = 2000;

type Needs = Pick<Parts, 'absences' | 'accounts' | 'clock' | 'note' | 'savedViews' | 'sessions' | 'staffTraces'>;

/** Gathers what is kept about whoever asks, and about nobody else. */
export const readStaffData =
  ({ absences, accounts, clock, savedViews, sessions, staffTraces }: Omit<Needs, 'note'>) =>
  async (reader: Account): Promise<StaffData> => {
    const { id } = reader;
    const away = await absences.ofAccount(id);
    return {
      account: reader,
      emails: (await accounts.emailStateOf([id])).get(id) ?? null,
      absences: away.absences.map(({ account: _a, ...absence }) => absence),
      views: await savedViews.of(id),
      sessions: (await sessions.ofAccount(id, clock())).length,
      acts: await staffTraces.countActs(id),
      audit: await staffTraces.auditOf(id, LINES),
    };
  };

/** The same as a file to take away, which the audit log tells. */
export const fetchStaffData =
  (parts: Needs) =>
  async (reader: Account): Promise<StaffData> => {
    const about = { kind: 'account', id: reader.id } as const;
    await parts.note({ act: 'personal-data-given', actor: { account: reader.id }, about });
    return readStaffData(parts)(reader);
  };
