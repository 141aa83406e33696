import type { Request, Response } from 'express';
import { waitInWords } from '../../domain/calendar/words.js';
import type { Role } from '../../domain/referrals/access.js';
import type { Competences } from '../../domain/referrals/assignment.js';
import { NEEDS } from '../../domain/territory/needs.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { InHand, Team, TeamMember } from '../../services/readTeam.js';
import type { Services } from '../../services.js';
import { NOBODY, queueHref } from '../advisor/queueAddress.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { absenceInWords, untilInWords } from './absenceWords.js';

interface Seen {
  now: Date;
  territory: Territory;
}

const WORK: Record<Role, string> = {
  advisor: 'Conseil',
  lead: 'Responsable',
  manager: 'Pilotage',
  observer: 'Comité',
  admin: 'Administration',
};
const MOST_NAMED = 3;

const listInWords = (names: string[]): string => {
  const named = names.slice(0, MOST_NAMED).join(', ');
  const left = names.length - MOST_NAMED;
  return left > 0 ? `${named} et ${left}\u00a0autre${left > 1 ? 's' : ''}` : named;
};

/** "tout, partout", "foncier industriel, à Dijon Métropole". */
const competencesInWords = ({ needs, epcis }: Competences, territory: Territory): string => {
  const what = needs.length > 0 ? listInWords(needs.map((need) => frenchTypography(NEEDS[need].label))) : 'tout';
  const places = epcis.map((siren) => territory.epci(siren)?.name ?? siren);
  return places.length > 0 ? `${what}\u00a0; ${listInWords(places)}` : `${what}, partout`;
};

const absencesInWords = ({ absence, nextAbsence, deputy }: TeamMember, now: Date): string => {
  const standIn = deputy ? `, remplacement par ${deputy.replaceAll(' ', '\u00a0')}` : ', sans remplacement';
  if (absence) return `${untilInWords(absence, now)}${standIn}`;
  return nextAbsence ? `${absenceInWords(nextAbsence, now)}${standIn}` : 'aucune prévue';
};

/** Counts with the way to what is counted; 0 leads nowhere. */
const counts = ({ waiting, taken, late, oldestWaiting }: InHand, personne: string, now: Date) => ({
  waiting: { text: String(waiting), href: waiting > 0 ? queueHref({ personne }) : null },
  taken: { text: String(taken), href: taken > 0 ? queueHref({ panier: 'en-cours', personne }) : null },
  late: { text: String(late), href: late > 0 ? queueHref({ personne, retard: '1' }) : null },
  isLate: late > 0,
  oldest: oldestWaiting ? waitInWords(oldestWaiting, now) : null,
});

const memberModel = (member: TeamMember, { now, territory }: Seen) => ({
  name: member.person.name,
  role: WORK[member.person.role],
  isAway: member.absence !== null,
  absences: absencesInWords(member, now),
  competences: competencesInWords(member.person.competences, territory),
  edit: paths.competences(member.person.id),
  ...counts(member, member.person.id, now),
});

const howMany = (count: number, one: string, many: string): string =>
  count === 1 ? `Un projet ${one}.` : `${count}\u00a0projets ${many}.`;

const summaryOf = ({ members, nobody }: Team): string => {
  const late = members.reduce((sum, member) => sum + member.late, nobody.late);
  const away = members.filter(({ absence }) => absence).length;
  return [
    late === 0 ? 'Rien n’est en retard.' : howMany(late, 'est en retard', 'sont en retard'),
    away > 0 && (away === 1 ? 'Une personne est absente.' : `${away}\u00a0personnes sont absentes.`),
  ]
    .filter(Boolean)
    .join(' ');
};

const teamPage = (team: Team, seen: Seen): PageModel => {
  const { partner, members, nobody } = team;
  const unassigned = nobody.waiting + nobody.taken;
  const open = members.reduce((sum, { waiting, taken }) => sum + waiting + taken, unassigned);
  return {
    title: 'Équipe',
    partner: partner.name,
    summary: summaryOf(team),
    isEmpty: open === 0,
    hasAdvisors: members.some(({ person }) => person.role === 'advisor'),
    members: members.map((member) => memberModel(member, seen)),
    nobody:
      unassigned > 0
        ? {
            text: howMany(unassigned, 'n’est confié à personne', 'ne sont confiés à personne'),
            help:
              unassigned === 1
                ? 'Toute l’équipe le voit et peut le prendre.'
                : 'Toute l’équipe les voit et peut les prendre.',
            waiter: unassigned === 1 ? 'Il' : 'Le plus ancien',
            ...counts(nobody, NOBODY, seen.now),
          }
        : null,
  };
};

/** The lead's team: who has what, what is late, who is away. */
export const teamScreen = ({ clock, readTeam, territory }: Pick<Services, 'clock' | 'readTeam' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const team = await readTeam(accountOf(req.account));
    const done = req.query['fait'] === 'competences';
    const notice = done ? { tone: 'done', title: 'C’est enregistré. Les prochains projets suivront ce choix.' } : null;
    await renderPage(res, 'lead/team', { ...teamPage(team, { now: clock(), territory }), notice });
  },
});
