import type { Request, Response } from 'express';
import { AUDIT_ACTS } from '../../domain/audit/auditActs.js';
import { dateInWords } from '../../domain/calendar/words.js';
import { keepsInWords } from '../../domain/privacy/keeps.js';
import { RETENTION } from '../../domain/privacy/retention.js';
import { ROLES } from '../../domain/referrals/access.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { StaffData } from '../../services/privacy/readStaffData.js';
import type { Services } from '../../services.js';
import { whenInWords } from '../emails/emailWords.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'clock' | 'fetchStaffData' | 'readStaffData' | 'territory'>;

/** Lines of the audit log on the page; the file has more. */
const SHOWN = 30;

const total = (acts: StaffData['acts']): number => [...acts.values()].reduce((sum, count) => sum + count, 0);
const some = (count: number, one: string, many: string): string => `${count}\u00a0${count > 1 ? many : one}`;

const whoRows = ({ account, sessions, acts }: StaffData, territory: Territory) => [
  { question: 'Nom', answer: account.name },
  { question: 'Adresse e-mail', answer: account.email },
  { question: 'Rôle', answer: ROLES[account.role] },
  ...(account.partner ? [{ question: 'Partenaire', answer: partnerInWords(account.partner, territory) }] : []),
  { question: 'Connexions en cours', answer: String(sessions) },
  { question: 'Actes sur des projets', answer: some(total(acts), 'acte', 'actes') },
];

const staffDataPage = (data: StaffData, { now, territory }: { now: Date; territory: Territory }): PageModel => ({
  title: 'Mes données',
  back: paths.ownAccount(),
  file: paths.staffDataJson(),
  emails: paths.ownEmails(),
  who: whoRows(data, territory),
  absences: data.absences.map(({ from, to }) => [
    dateInWords(new Date(`${from}T12:00:00Z`)),
    dateInWords(new Date(`${to}T12:00:00Z`)),
  ]),
  views: data.views.map(({ name }) => name),
  lines: data.audit.slice(0, SHOWN).map(({ at, act }) => [whenInWords(at, now), capital(AUDIT_ACTS[act].words)]),
  more: data.audit.length > SHOWN,
  auditKept: keepsInWords(RETENTION.audit.keeps),
  accountKept: keepsInWords(RETENTION.accounts.keeps),
});

/** What the file holds: everything about the person, nobody else. */
const asFile = ({ acts, ...data }: StaffData) => ({ ...data, acts: Object.fromEntries(acts) });

/** All that is kept about whoever is signed in: a page that prints, and a file. */
export const staffDataScreen = ({ clock, fetchStaffData, readStaffData, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const data = await readStaffData(accountOf(req.account));
    await renderPage(res, 'account/staffData', staffDataPage(data, { now: clock(), territory }));
  },

  async download(req: Request, res: Response): Promise<void> {
    const data = await fetchStaffData(accountOf(req.account));
    res.attachment('mes-donnees.json');
    res.type('json').send(`${JSON.stringify(asFile(data), null, 2)}\n`);
  },
});
