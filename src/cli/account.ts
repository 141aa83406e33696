import { randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Account, ROLES } from '../domain/referrals/access.js';
import { inviteAccount, openAccount } from '../services/accounts/openAccount.js';
import { BadUsage, type Command, type Desk } from './command.js';

/** No letters or figures that are mistaken for one another, for a password that is copied by hand. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

const newPassword = (): string => {
  const group = (): string => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return [group(), group(), group(), group()].join('-');
};

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  partner: { type: 'string' },
  invite: { type: 'boolean' },
} as const;

const read = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch {
    throw new BadUsage('une option n’existe pas ou n’a pas de valeur');
  }
};

const tell = (desk: Desk, { name, role, partner, email }: Account, how: string): void => {
  desk.print(`Compte ouvert pour ${name} (${ROLES[role].toLowerCase()}${partner ? `, ${partner}` : ''}).`);
  desk.print(`Adresse\u00a0: ${email}`);
  desk.print(how);
};

/**
 * `desk account EMAIL --name "…" --role advisor|lead|manager|observer|admin [--partner ID] [--invite]`: opens an account and prints its
 * password, once: only its hash is kept. With --invite nobody knows any password: its person gets a link to choose one.
 */
export const account: Command = async (args, desk) => {
  const { values, positionals } = read(args);
  const [email] = positionals;
  if (email === undefined || positionals.length > 1) throw new BadUsage('donnez une adresse e-mail');
  const { name, role, partner = null, invite = false } = values;
  if (name === undefined || role === undefined) throw new BadUsage('donnez --name et --role');
  const wanted = { email, name, role, partner };
  if (invite) {
    const nobodyKnows = randomBytes(32).toString('base64url');
    const invited = await desk.withStore((parts) => inviteAccount(parts)(wanted, nobodyKnows));
    const how = 'L’invitation part par e-mail dans la minute où le service tourne. Son lien sert pendant sept jours.';
    return tell(desk, invited, how);
  }
  const password = newPassword();
  const opened = await desk.withStore((parts) => openAccount(parts)(wanted, password));
  tell(desk, opened, `Mot de passe, montré une seule fois\u00a0: ${password}`);
};
