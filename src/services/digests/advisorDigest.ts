import { businessDaysAgo } from '../../domain/calendar/businessDaysAgo.js';
import type { Digest, DigestLine, DigestSection } from '../../domain/emails/digest.js';
import {
  askedLine,
  assigneeLine,
  DIGEST_LINES,
  dueLine,
  isNewTo,
  NEWS_TYPES,
  newsLine,
  quietLine,
  sectionOf,
  titleOf,
} from '../../domain/emails/digestLines.js';
import { lastAct } from '../../domain/emails/timing.js';
import type { Account } from '../../domain/referrals/access.js';
import { REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Parts } from '../parts.js';

export type AdvisorDigestParts = Pick<Parts, 'accounts' | 'addresses' | 'events' | 'referrals'>;

/** Business days without an act after which a project in hand is named. */
const QUIET_DAYS = 20;

/** `newsSince`: what is new from then on is told too; null: each piece of news left by itself. */
interface Reading {
  reader: Account & { partner: string };
  now: Date;
  newsSince: Date | null;
}

const lineOf = ({ addresses }: AdvisorDigestParts, { id, about }: Referral, said: string): DigestLine => ({
  title: titleOf(about),
  about: said,
  href: addresses.referral(id),
});

/** Everything late at the partner of a lead, and who has it. */
const lateInTeam = async (parts: AdvisorDigestParts, { reader, now }: Reading): Promise<DigestSection[]> => {
  if (reader.role !== 'lead') return [];
  const { rows, total } = await parts.referrals.lateAt(reader.partner, now, DIGEST_LINES);
  const team = await parts.accounts.byIds(rows.flatMap(({ assignee }) => assignee ?? []));
  const nameOf = (account: string | null) => team.find(({ id }) => id === account)?.name ?? null;
  const lines = rows.map((referral) => {
    const { assignee } = referral;
    return lineOf(parts, referral, `${dueLine(referral, now)}, ${assigneeLine(assignee, reader.id, nameOf(assignee))}`);
  });
  return sectionOf('En retard dans l’équipe', lines, total);
};

/** What the reader, or nobody, has to take; to a lead, what is late is told already. */
const toTake = async (parts: AdvisorDigestParts, { reader, now }: Reading): Promise<DigestSection[]> => {
  const asked = { partner: reader.partner, basket: 'a-prendre', by: [reader.id, null] } as const;
  const dueFrom = reader.role === 'lead' && { dueFrom: now };
  const { rows, total } = await parts.referrals.heldBy({ ...asked, by: [...asked.by], ...dueFrom }, DIGEST_LINES);
  const lines = rows.map((referral) => {
    const whose = referral.assignee === null ? ', confié à personne' : '';
    return lineOf(parts, referral, dueLine(referral, now) + whose);
  });
  return sectionOf('À prendre', lines, total);
};

const isFor = ({ id }: Account, { takenBy, assignee }: Referral): boolean => (takenBy ?? assignee ?? id) === id;

/** What happened to projects of the reader's, or of nobody's, since the last digest; latest first. */
const whatIsNew = async (parts: AdvisorDigestParts, { reader, newsSince }: Reading): Promise<DigestSection[]> => {
  if (!newsSince) return [];
  const changed = (await parts.referrals.changedSince(reader.partner, newsSince)).filter(
    (one) => isFor(reader, one) && (REFERRAL_STATES[one.state].open || one.state === 'informed'),
  );
  const projects = changed.map(({ project }) => project);
  const events = await parts.events.since(projects, { from: newsSince, types: NEWS_TYPES });
  const lines = changed.flatMap((referral) => {
    const news = events.filter((event) => event.project === referral.project && isNewTo(reader, referral, event));
    return news.length > 0 ? lineOf(parts, referral, newsLine(news)) : [];
  });
  return sectionOf('Du nouveau', lines);
};

const awaited = async (parts: AdvisorDigestParts, { reader, now }: Reading): Promise<DigestSection[]> => {
  const asked = { partner: reader.partner, basket: 'en-attente', by: [reader.id] } as const;
  const { rows, total } = await parts.referrals.heldBy({ ...asked, by: [...asked.by] }, DIGEST_LINES);
  const lines = rows.map((referral) => lineOf(parts, referral, referral.asked ? askedLine(referral.asked, now) : ''));
  return sectionOf('Attend une réponse de la personne', lines, total);
};

const withoutNews = async (parts: AdvisorDigestParts, { reader, now }: Reading): Promise<DigestSection[]> => {
  const before = businessDaysAgo(now, QUIET_DAYS);
  const quiet = (await parts.referrals.inHandOf(reader.partner, reader.id))
    .filter((referral) => lastAct(referral) < before)
    .sort((a, b) => lastAct(a).getTime() - lastAct(b).getTime());
  const lines = quiet.map((referral) => lineOf(parts, referral, quietLine(lastAct(referral), now)));
  return sectionOf('En cours, sans nouvelles', lines);
};

/** What waits for one of a partner's people: a few lines a section, and how many more. Reads indexes, never a whole queue. */
export const advisorDigest = async (parts: AdvisorDigestParts, reading: Reading): Promise<Digest> => {
  const sections = [lateInTeam, toTake, whatIsNew, awaited, withoutNews];
  const read = await Promise.all(sections.map((section) => section(parts, reading)));
  return { figures: [], sections: read.flat() };
};
