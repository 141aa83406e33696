import { ACCOUNT_STATES, accountState } from '../domain/accounts/accountState.js';
import { type Account, ROLES } from '../domain/referrals/access.js';
import { Invalid } from '../errors.js';
import { closeAs } from '../services/accounts/closeAccount.js';
import { inviteAccount, openAccount } from '../services/accounts/openAccount.js';
import { settle } from '../services/settle.js';
import { BadUsage, type Command, type Desk } from './command.js';
import { readOptions } from './readOptions.js';

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  partner: { type: 'string' },
  link: { type: 'boolean' },
} as const;

const read = (args: string[]) => readOptions({ args, options: OPTIONS, allowPositionals: true });
type Given = ReturnType<typeof read>['values'];

const positionInWords = ({ role, partner }: Pick<Account, 'role' | 'partner'>): string =>
  `${ROLES[role].toLowerCase()}${partner ? `, ${partner}` : ''}`;

const wantedOf = (email: string | undefined, { name, role, partner }: Given) => {
  if (email === undefined) throw new BadUsage('donnez une adresse e-mail');
  if (name === undefined || role === undefined) throw new BadUsage('donnez --name et --role');
  return { email, name, role, partner: partner ?? null };
};

/** With --link, the address to hand over oneself: for the first account, when e-mails do not leave yet. */
const invite = async (email: string | undefined, values: Given, desk: Desk): Promise<void> => {
  const wanted = wantedOf(email, values);
  const [account, link] = await desk.withStore(async (parts): Promise<[Account, string | null]> => {
    if (!values.link) return [(await inviteAccount(parts)(wanted, 'desk')).account, null];
    const opened = await openAccount(parts)(wanted, 'desk');
    const secret = await parts.links.create({ purpose: 'invitation', account: opened.id }, parts.clock());
    const { invitationAddress } = await import('../services.js');
    return [opened, invitationAddress(desk.settings(), secret)];
  });
  desk.print(`Compte ouvert pour ${account.name} (${positionInWords(account)}).`);
  desk.print(`Adresse\u00a0: ${account.email}`);
  if (link) desk.print(`Lien pour choisir un mot de passe, montré une seule fois\u00a0: ${link}`);
  else desk.print('L’invitation part par e-mail dans la minute où le service tourne.');
  desk.print('Le lien sert une fois, pendant sept jours.');
};

const list = async (desk: Desk): Promise<void> => {
  const everyone = await desk.withStore((parts) => parts.accounts.everyone());
  everyone.sort((a, b) => a.email.localeCompare(b.email, 'fr'));
  for (const one of everyone)
    desk.print([one.email, one.name, positionInWords(one), ACCOUNT_STATES[accountState(one)]].join('\t'));
  if (everyone.length === 0)
    desk.warn('Aucun compte. Le premier\u00a0: users invite ADRESSE --name "NOM" --role admin');
};

const close = async (email: string | undefined, desk: Desk): Promise<void> => {
  if (email === undefined) throw new BadUsage('donnez une adresse e-mail');
  const closed = await desk.withStore(async (parts) => {
    const account = await parts.accounts.managedByEmail(email);
    if (!account) throw new Invalid(`Aucun compte n’a l’adresse ${email}.`);
    const alone = {
      ...parts,
      enqueue: async () => false,
      endSessions: async (id: string) => void (await parts.sessions.endAll(id, parts.clock())),
    };
    const { settleReferral } = settle(alone);
    return { account, passed: await closeAs({ ...alone, settleReferral })('desk', account.id) };
  });
  desk.print(`Compte de ${closed.account.name} fermé. Projets passés à d’autres\u00a0: ${closed.passed}.`);
};

/** `desk users invite|list|close`: who may sign in. Nobody's password is ever shown: each person chooses one by a link. */
export const users: Command = async (args, desk) => {
  const [what, ...rest] = args;
  const { values, positionals } = read(rest);
  const [email] = positionals;
  if (positionals.length > 1) throw new BadUsage('donnez une seule adresse e-mail');
  if (what === 'invite') return invite(email, values, desk);
  if (what === 'list') return list(desk);
  if (what === 'close') return close(email, desk);
  throw new BadUsage('donnez invite, list ou close');
};
