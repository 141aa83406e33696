/**
 * Who may do what, read row by row. `own`: only what concerns the account's own partner; `all`: everything; `none`: nothing.
 * Project holders have no account: a signed link opens their own project and nothing else.
 */
export const ROLES = {
  advisor: 'Conseil',
  lead: 'Responsable chez un partenaire',
  manager: 'Pilotage',
  admin: 'Administration',
} as const;
export type Role = keyof typeof ROLES;

export type Scope = 'all' | 'own' | 'none';

export const ACCESS = {
  seeQueue: { advisor: 'own', lead: 'own', manager: 'none', admin: 'none' },
  seeReferral: { advisor: 'own', lead: 'own', manager: 'all', admin: 'none' },
  actOnReferral: { advisor: 'own', lead: 'own', manager: 'none', admin: 'none' },
  /** The partner's people, absences, load and settings. */
  leadPartner: { advisor: 'none', lead: 'own', manager: 'none', admin: 'none' },
  /** Their own; of anybody of the partner, with leadPartner. */
  enterAbsences: { advisor: 'own', lead: 'own', manager: 'none', admin: 'none' },
  /** For somebody who telephones or comes to the counter. */
  enterProject: { advisor: 'own', lead: 'own', manager: 'all', admin: 'none' },
  seeTriage: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  sendToPartner: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  seeProject: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  seeFigures: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  seeRules: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  editRules: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  seeChannels: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  editPublicSite: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  /** What our e-mails say, with made-up data. */
  seeEmails: { advisor: 'none', lead: 'none', manager: 'all', admin: 'all' },
  /** To the holder of a project, or to whom it was for. */
  sendAgain: { advisor: 'own', lead: 'own', manager: 'all', admin: 'none' },
  chooseOwnEmails: { advisor: 'all', lead: 'all', manager: 'all', admin: 'none' },
  /** What is owed, what failed, what runs by itself; names no holder. */
  seeOperations: { advisor: 'none', lead: 'none', manager: 'all', admin: 'all' },
  /** Messages that came in and that nobody expected: they say who wrote. */
  seeUnmatched: { advisor: 'none', lead: 'none', manager: 'all', admin: 'none' },
  seeQueues: { advisor: 'none', lead: 'none', manager: 'none', admin: 'all' },
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
