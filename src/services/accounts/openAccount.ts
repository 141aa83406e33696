import { planAccountEmail } from '../../domain/emails/planEmails.js';
import { type Account, ROLES, type Role } from '../../domain/referrals/access.js';
import type { Territory } from '../../domain/territory/territory.js';
import { Conflict, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { hashPassword } from './signIn.js';

interface Wanted {
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

/**
 * Opens an account with this password, of which only the hash is kept. Throws Invalid, in a sentence that says what to
 * correct, and Conflict when the address has an account already.
 */
export const openAccount =
  ({ accounts, newId, territory }: Pick<Parts, 'accounts' | 'newId' | 'territory'>) =>
  async (wanted: Wanted, password: string): Promise<Account> => {
    const email = wanted.email.trim().toLowerCase();
    const name = wanted.name.trim();
    if (!AN_ADDRESS.test(email)) throw new Invalid(`«\u00a0${wanted.email}\u00a0» n’est pas une adresse e-mail.`);
    if (name === '') throw new Invalid('Donnez le nom de la personne\u00a0: les porteurs de projet le verront.');
    const role = roleOf(wanted.role);
    const account: Account = { id: newId(), name, email, role, partner: partnerOf(role, wanted.partner, territory) };
    const isNew = await accounts.insert(account, { passwordHash: await hashPassword(password), demo: false });
    if (!isNew) throw new Conflict(`L’adresse ${email} a déjà un compte.`);
    return account;
  };

/**
 * Opens an account without a password that anybody knows, and owes its person a link to choose one. The sweep
 * sends it. `nobodyKnows`: a random secret in the place of the password. Throws as openAccount.
 */
export const inviteAccount =
  (parts: Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'newId' | 'territory'>) =>
  async (wanted: Wanted, nobodyKnows: string): Promise<Account> => {
    const account = await openAccount(parts)(wanted, nobodyKnows);
    const at = parts.clock();
    await parts.deliveries.plan([planAccountEmail(account, { which: 'account-invitation', at, occasion: 'once' })], at);
    return account;
  };
