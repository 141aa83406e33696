import { businessDaysAgo } from '../../domain/calendar/businessDaysAgo.js';
import { localDay } from '../../domain/calendar/businessTime.js';
import { weekBefore } from '../../domain/calendar/weekBefore.js';
import { waitInWords } from '../../domain/calendar/words.js';
import type { Digest, DigestSection } from '../../domain/emails/digest.js';
import { DIGEST_LINES, dueLine, sectionOf, titleOf } from '../../domain/emails/digestLines.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Partner } from '../../domain/territory/territory.js';
import type { Parts } from '../parts.js';

export type ManagerDigestParts = Pick<Parts, 'addresses' | 'deliveries' | 'projects' | 'referrals' | 'territory'>;

/** Business days after which a project that nobody took is the lead's concern too. */
const ESCALATED_DAYS = 5;

interface Late {
  partner: Partner;
  total: number;
  oldest: Referral;
}

const figure = (count: number): string => new Intl.NumberFormat('fr-FR').format(count);
const figureUpTo = (count: number): string => (count > COUNTED ? `${figure(COUNTED)} et plus` : figure(count));

/** Partners where something is late, the most first. */
const latePartners = async ({ referrals, territory }: ManagerDigestParts, now: Date): Promise<Late[]> => {
  const late: Late[] = [];
  for (const partner of territory.partners) {
    const { rows, total } = await referrals.lateAt(partner.id, now, 1);
    if (rows[0]) late.push({ partner, total, oldest: rows[0] });
  }
  return late.sort((a, b) => b.total - a.total);
};

const countExpired = async ({ referrals, territory }: ManagerDigestParts, from: Date, to: Date): Promise<number> => {
  let expired = 0;
  for (const { id } of territory.partners) expired += await referrals.countExpired(id, from, to);
  return expired;
};

const oldestInTriage = async (
  { addresses, projects }: ManagerDigestParts,
  { total, now }: { total: number; now: Date },
): Promise<DigestSection[]> => {
  const { rows } = await projects.inTriage({ from: null, limit: DIGEST_LINES });
  const lines = rows.map(({ project: { id, reference, facts }, since }) => ({
    title: titleOf({ reference, title: facts.title }),
    about: `à orienter ${waitInWords(since, now)}`,
    href: addresses.projectSheet(id),
  }));
  return sectionOf('À orienter', lines, total);
};

/** One line a partner; it opens the project that has waited longest there. */
const late = ({ addresses }: ManagerDigestParts, partners: Late[], now: Date): DigestSection[] => {
  const lines = partners.map(({ partner, total, oldest }) => ({
    title: partner.name,
    about: `${total === 1 ? 'un projet' : `${figure(total)} projets, dont un`} ${dueLine(oldest, now)}`,
    href: addresses.projectSheet(oldest.project),
  }));
  return sectionOf('En retard chez un partenaire', lines);
};

/** What a manager has to know on the first morning of a week; one that was missed tells of the week before `now` all the same. */
export const managerDigest = async (parts: ManagerDigestParts, { now }: { now: Date }): Promise<Digest> => {
  const { deliveries, projects, referrals } = parts;
  const { from, to } = weekBefore(localDay(now));
  const partners = await latePartners(parts, now);
  const inTriage = await projects.countInTriage();
  const counts: [string, string][] = [
    ['Projets reçus la semaine dernière', figure(await projects.countBetween(from, to))],
    ['À orienter', figureUpTo(inTriage)],
    ['En retard chez un partenaire', figure(partners.reduce((sum, { total }) => sum + total, 0))],
    [
      'Sans prise en charge depuis plus de cinq jours ouvrés',
      figure(await referrals.countWaitingSince(businessDaysAgo(now, ESCALATED_DAYS))),
    ],
    ['Expirés la semaine dernière', figure(await countExpired(parts, from, to))],
    ['Messages qui ne sont pas arrivés la semaine dernière', figure(await deliveries.countGivenUp(from, to))],
  ];
  return {
    figures: counts.map(([label, value]) => ({ label, value })),
    sections: [...(await oldestInTriage(parts, { total: inTriage, now })), ...late(parts, partners, now)],
  };
};
