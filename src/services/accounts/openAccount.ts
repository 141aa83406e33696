import type { AuditActor } from '../../domain/audit/auditActs.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import { type Account, ROLES, type Role } from '../../domain/referrals/access.js';
import type { Territory } from '../../domain/territory/territory.js';
import { Conflict, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { hashOfNobodysPassword } from './passwords.js';

/** What is asked for: by a form, or on the command line. */
export interface Wanted {
  email: string;
  name: string;
  role: string;
  partner: string | null;
}

const AN_ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/;

const roleOf = (given: string): Role => {
  const roles = Object.keys(ROLES) as Role[];
  const role = roles.find((one) => one === given);
  if (role) return role;
  const known = roles.map((one) => `${one} (${ROLES[one].toLowerCase()})`).join(' ou ');
  throw new Invalid(`Le rôle «\u00a0${given}\u00a0» n’existe pas\u00a0: choisissez ${known}.`);
};

const WITHOUT_PARTNER: Partial<Record<Role, string>> = {
  manager: 'de pilotage',
  observer: 'du comité',
  admin: 'd’administration',
};

/** Advisors and leads work for a partner, the others for none. */
const partnerOf = (role: Role, id: string | null, { partners }: Territory): string | null => {
  const kind = WITHOUT_PARTNER[role];
  if (kind) {
    if (id !== null) throw new Invalid(`Un compte ${kind} n’a pas de partenaire\u00a0: retirez-le.`);
    return null;
  }
  const open = partners.filter((partner) => partner.role !== 'inactive');
  if (open.some((partner) => partner.id === id)) return id;
  const ids = open.map((partner) => partner.id).join(', ');
  if (id === null) throw new Invalid(`Ce compte a besoin d’un partenaire\u00a0: ${ids}.`);
  throw new Invalid(`Le partenaire «\u00a0${id}\u00a0» n’existe pas. Choisissez parmi ${ids}.`);
};

/** The role and the partner of an account, when they go together. Throws Invalid, in a sentence that says what to correct. */
export const checkedPosition = (
  { role, partner }: Pick<Wanted, 'role' | 'partner'>,
  territory: Territory,
): Pick<Account, 'role' | 'partner'> => {
  const known = roleOf(role);
  return { role: known, partner: partnerOf(known, partner, territory) };
};

export const checkedName = (given: string): string => {
  const name = given.replace(/\s+/g, ' ').trim();
  if (name === '') throw new Invalid('Donnez le nom de la personne\u00a0: les porteurs de projet le verront.');
  return name;
};

type OpenParts = Pick<Parts, 'accounts' | 'clock' | 'newId' | 'note' | 'territory'>;

/**
 * Opens an account, with a password that nobody knows. Throws Invalid, in a sentence that says what to correct, and Conflict
 * when the address has an account already.
 */
export const openAccount =
  ({ accounts, clock, newId, note, territory }: OpenParts) =>
  async (wanted: Wanted, actor: AuditActor): Promise<Account> => {
    const email = wanted.email.trim().toLowerCase();
    const name = checkedName(wanted.name);
    if (!AN_ADDRESS.test(email)) throw new Invalid(`«\u00a0${wanted.email}\u00a0» n’est pas une adresse e-mail.`);
    const account: Account = { id: newId(), name, email, ...checkedPosition(wanted, territory) };
    const passwordHash = await hashOfNobodysPassword();
    if (!(await accounts.insert(account, { passwordHash, demo: false })))
      throw new Conflict(`L’adresse ${email} a déjà un compte.`);
    await accounts.markInvited(account.id, clock());
    const detail = { role: account.role, partner: account.partner ?? '' };
    await note({ act: 'account-invited', actor, about: { kind: 'account', id: account.id }, detail });
    return account;
  };

/**
 * Opens an account and owes its person a link to choose a password. Gives the account, and what the queue may be told of: the
 * sweep sends it otherwise. Throws as openAccount.
 */
export const inviteAccount =
  (parts: OpenParts & Pick<Parts, 'deliveries'>) =>
  async (wanted: Wanted, actor: AuditActor): Promise<{ account: Account; due: string[] }> => {
    const account = await openAccount(parts)(wanted, actor);
    const at = parts.clock();
    const owed = planAccountEmail(account, { which: 'account-invitation', at, occasion: 'once' });
    return { account, due: await parts.deliveries.plan([owed], at) };
  };
