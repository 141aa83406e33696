import { type Account, may, type Permission } from '../domain/referrals/access.js';
import { paths } from '../paths.js';

export interface NavigationLink {
  label: string;
  href: string;
  isCurrent: boolean;
}

/** The pages of the header, in order, each for those who may see it. */
const PAGES: { label: string; href: string; permission: Permission }[] = [
  { label: 'Projets', href: paths.queue(), permission: 'seeQueue' },
  { label: 'Saisir un projet', href: paths.counter(), permission: 'enterProject' },
  { label: 'À appeler', href: paths.toCall(), permission: 'enterProject' },
  { label: 'Équipe', href: paths.team(), permission: 'leadPartner' },
  { label: 'Absences', href: paths.absences(), permission: 'enterAbsences' },
  { label: 'À orienter', href: paths.triage(), permission: 'seeTriage' },
  { label: 'Chiffres', href: paths.figures(), permission: 'seeFigures' },
  { label: 'Règles', href: paths.rules(), permission: 'seeRules' },
  { label: 'Liens d’entrée', href: paths.channels(), permission: 'seeChannels' },
  { label: 'Site public', href: paths.publicSite(), permission: 'editPublicSite' },
];

/** What the header offers to this account on this page; nothing to visitors. */
export const navigationFor = (account: Account | null, path: string): NavigationLink[] =>
  PAGES.filter(({ permission }) => account !== null && may(account, permission)).map(({ label, href }) => ({
    label,
    href,
    isCurrent: path === href,
  }));
