import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ROLES } from '../domain/referrals/access.js';
import { openAccount } from '../services/openAccount.js';
import { BadUsage, type Command } from './command.js';

/** No letters or figures that are mistaken for one another, for a password that is copied by hand. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

const newPassword = (): string => {
  const group = (): string => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return [group(), group(), group(), group()].join('-');
};

const OPTIONS = { name: { type: 'string' }, role: { type: 'string' }, partner: { type: 'string' } } as const;

const read = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch {
    throw new BadUsage('une option n’existe pas ou n’a pas de valeur');
  }
};

/**
 * `desk account EMAIL --name "…" --role advisor|lead|manager [--partner ID]`: opens an account and prints its password, once:
 * only its hash is kept.
 */
export const account: Command = async (args, desk) => {
  const { values, positionals } = read(args);
  const [email] = positionals;
  if (email === undefined || positionals.length > 1) throw new BadUsage('donnez une adresse e-mail');
  const { name, role, partner = null } = values;
  if (name === undefined || role === undefined) throw new BadUsage('donnez --name et --role');
  const password = newPassword();
  const opened = await desk.withStore((parts) => openAccount(parts)({ email, name, role, partner }, password));
  const place = opened.partner ? `, ${opened.partner}` : '';
  desk.print(`Compte ouvert pour ${opened.name} (${ROLES[opened.role].toLowerCase()}${place}).`);
  desk.print(`Adresse\u00a0: ${opened.email}`);
  desk.print(`Mot de passe, montré une seule fois\u00a0: ${password}`);
};
