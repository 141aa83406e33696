import { type Account, may, type Permission } from '../domain/referrals/access.js';
import { COUNTED } from '../domain/referrals/queueFilters.js';
import { paths } from '../paths.js';
import type { DeskCounts } from '../services/readDeskCounts.js';

export interface NavigationLink {
  label: string;
  /** What waits there, in words; null when nothing does, or nobody counted. */
  count: string | null;
  href: string;
  isCurrent: boolean;
}

interface MenuPage {
  label: string;
  href: string;
  permission: Permission;
  count?: (counts: DeskCounts) => string | null;
}

const MORE = `${new Intl.NumberFormat('fr-FR').format(COUNTED)} et plus`;
const figure = (count: number): string => (count > COUNTED ? MORE : String(count));

/** The pages of the header, in order, each for those who may see it. */
const PAGES: MenuPage[] = [
  {
    label: 'Projets',
    href: paths.queue(),
    permission: 'seeQueue',
    count: ({ late }) => (late ? `${figure(late)} en retard` : null),
  },
  { label: 'Saisir un projet', href: paths.counter(), permission: 'enterProject' },
  { label: 'À appeler', href: paths.toCall(), permission: 'enterProject' },
  { label: 'Équipe', href: paths.team(), permission: 'leadPartner' },
  { label: 'Absences', href: paths.absences(), permission: 'enterAbsences' },
  {
    label: 'À orienter',
    href: paths.triage(),
    permission: 'seeTriage',
    count: ({ inTriage }) => (inTriage ? figure(inTriage) : null),
  },
  { label: 'À surveiller', href: paths.attention(), permission: 'seeAttention' },
  { label: 'Chiffres', href: paths.figures(), permission: 'seeFigures' },
  { label: 'Rapports', href: paths.reports(), permission: 'seeReports' },
  { label: 'Règles', href: paths.rules(), permission: 'seeRules' },
  { label: 'Liens d’entrée', href: paths.channels(), permission: 'seeChannels' },
  { label: 'Site public', href: paths.publicSite(), permission: 'editPublicSite' },
  { label: 'E-mails', href: paths.emails(), permission: 'seeEmails' },
  { label: 'Comptes', href: paths.accounts(), permission: 'manageAccounts' },
  { label: 'Exploitation', href: paths.operations(), permission: 'seeOperations' },
  { label: 'Traitements', href: paths.processing(), permission: 'seeProcessing' },
  { label: 'Journal', href: paths.audit(), permission: 'seeAudit' },
  { label: 'Files d’attente', href: paths.queues(), permission: 'seeQueues' },
];

/** What the header offers to this account on this page; nothing to visitors. `counts`: null on pages of holders. */
export const navigationFor = (account: Account | null, path: string, counts: DeskCounts | null): NavigationLink[] =>
  account === null
    ? []
    : PAGES.filter(({ permission }) => may(account, permission)).map(({ label, href, count }) => ({
        label,
        count: (counts && count?.(counts)) ?? null,
        href,
        isCurrent: path === href,
      }));
