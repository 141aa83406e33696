/**
 * Who may do what, read row by row. `own`: only what concerns the account's own partner; `all`: everything; `none`: nothing.
 * Project holders have no account: a signed link opens their own project and nothing else.
 */
export const ROLES = { advisor: 'Conseil', lead: 'Responsable chez un partenaire', manager: 'Pilotage' } as const;
export type Role = keyof typeof ROLES;

export type Scope = 'all' | 'own' | 'none';

export const ACCESS = {
  seeQueue: { advisor: 'own', lead: 'own', manager: 'none' },
  seeReferral: { advisor: 'own', lead: 'own', manager: 'all' },
  actOnReferral: { advisor: 'own', lead: 'own', manager: 'none' },
  /** The partner's people, absences, load and settings. */
  leadPartner: { advisor: 'none', lead: 'own', manager: 'none' },
  /** Their own; of anybody of the partner, with leadPartner. */
  enterAbsences: { advisor: 'own', lead: 'own', manager: 'none' },
  /** For somebody who telephones or comes to the counter. */
  enterProject: { advisor: 'own', lead: 'own', manager: 'all' },
  seeTriage: { advisor: 'none', lead: 'none', manager: 'all' },
  sendToPartner: { advisor: 'none', lead: 'none', manager: 'all' },
  seeProject: { advisor: 'none', lead: 'none', manager: 'all' },
  seeFigures: { advisor: 'none', lead: 'none', manager: 'all' },
  seeRules: { advisor: 'none', lead: 'none', manager: 'all' },
  editRules: { advisor: 'none', lead: 'none', manager: 'all' },
  seeChannels: { advisor: 'none', lead: 'none', manager: 'all' },
  editPublicSite: { advisor: 'none', lead: 'none', manager: 'all' },
} as const satisfies Record<string, Record<Role, Scope>>;
export type Permission = keyof typeof ACCESS;

/** A signed-in person, as far as rights are concerned. Advisors and leads have a partner, managers none. */
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
