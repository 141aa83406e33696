/**
 * Who may do what, read row by row. `own`: only what concerns the account's own partner; `all`: everything; `none`: nothing.
 * Project holders have no account: a signed link opens their own project and nothing else.
 */
export const ROLES = {
  advisor: 'Conseil',
  lead: 'Responsable chez un partenaire',
  manager: 'Pilotage',
  observer: 'Comité',
  admin: 'Administration',
} as const;
export type Role = keyof typeof ROLES;

export type Scope = 'all' | 'own' | 'none';

export const ACCESS = {
  seeQueue: { advisor: 'own', lead: 'own', manager: 'none', observer: 'none', admin: 'none' },
  seeReferral: { advisor: 'own', lead: 'own', manager: 'all', observer: 'none', admin: 'none' },
  actOnReferral: { advisor: 'own', lead: 'own', manager: 'none', observer: 'none', admin: 'none' },
  /** The partner's people, absences, load and settings. */
  leadPartner: { advisor: 'none', lead: 'own', manager: 'none', observer: 'none', admin: 'none' },
  /** Their own; of anybody of the partner, with leadPartner. */
  enterAbsences: { advisor: 'own', lead: 'own', manager: 'none', observer: 'none', admin: 'none' },
  /** For somebody who telephones or comes to the counter. */
  enterProject: { advisor: 'own', lead: 'own', manager: 'all', observer: 'none', admin: 'none' },
  seeTriage: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  sendToPartner: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  seeProject: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  /** Leads: those of their own partner. Observers (State, Region, university) sit in the committee: no personal data. */
  seeFigures: { advisor: 'none', lead: 'own', manager: 'all', observer: 'all', admin: 'none' },
  /** The projects behind a figure, one by one; of the own partner, by `seeReferral`. */
  seeBehindFigures: { advisor: 'none', lead: 'own', manager: 'all', observer: 'none', admin: 'none' },
  seeReports: { advisor: 'none', lead: 'own', manager: 'all', observer: 'all', admin: 'none' },
  issueReports: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  /** What to act on now, and how well the rules route. */
  seeAttention: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  namePeriods: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  seeRules: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  editRules: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  seeChannels: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  editPublicSite: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  /** What our e-mails say, with made-up data. */
  seeEmails: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'all' },
  /** To the holder of a project, or to whom it was for. */
  sendAgain: { advisor: 'own', lead: 'own', manager: 'all', observer: 'none', admin: 'none' },
  chooseOwnEmails: { advisor: 'all', lead: 'all', manager: 'all', observer: 'none', admin: 'none' },
  /** What is owed, what failed, what runs by itself; names no holder. */
  seeOperations: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'all' },
  /** Messages that came in and that nobody expected: they say who wrote. */
  seeUnmatched: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
  seeQueues: { advisor: 'none', lead: 'none', manager: 'none', observer: 'none', admin: 'all' },
  /** Password, second factor, connections and data of the own account. */
  keepOwnAccount: { advisor: 'all', lead: 'all', manager: 'all', observer: 'all', admin: 'all' },
  manageAccounts: { advisor: 'none', lead: 'none', manager: 'none', observer: 'none', admin: 'all' },
  seeAudit: { advisor: 'none', lead: 'none', manager: 'none', observer: 'none', admin: 'all' },
  /** The register of processing (GDPR, article 30), and what the purge has erased. */
  seeProcessing: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'all' },
  /** For somebody who asks by telephone or by letter, and has lost the link to the own project. */
  answerDataRequests: { advisor: 'none', lead: 'none', manager: 'all', observer: 'none', admin: 'none' },
} as const satisfies Record<string, Record<Role, Scope>>;
export type Permission = keyof typeof ACCESS;

/** A signed-in person, as far as rights are concerned. Advisors and leads have a partner, the others none. */
export interface Account {
  id: string;
  name: string;
  email: string;
  role: Role;
  partner: string | null;
}

/** May this account do that, on something of this partner? Without a partner: may it at least on its own? */
export const may = (account: Pick<Account, 'role' | 'partner'>, permission: Permission, partner?: string): boolean => {
  const scope: Scope = ACCESS[permission][account.role];
  if (scope === 'own') return partner === undefined || partner === account.partner;
  return scope === 'all';
};
