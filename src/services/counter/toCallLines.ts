import { listRead } from '../../domain/audit/auditNotes.js';
import type { Situation } from '../../domain/emails/conditions.js';
import { type Delivery, MANAGERS } from '../../domain/emails/delivery.js';
import { unwantedBecause } from '../../domain/emails/planEmails.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import { Forbidden, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type ComposeParts, emailInWords } from '../sending/composeEmail.js';
import type { FactParts } from '../sending/emailFacts.js';

type Needs = Pick<Parts, 'clock' | 'deliveries' | 'projects' | 'referrals'> & FactParts & Pick<ComposeParts, 'render'>;

/** Something to say to somebody without an e-mail address: what the e-mail would have said. */
export interface LineToCall {
  id: string;
  since: Date;
  project: Project;
  referral: Referral | null;
  text: string;
}

/** Shown at once; what is said makes room for the next. */
const AT_MOST = 50;

/** How often the list is read again when some of it has become pointless; what is left is for the next reading. */
const READS = 10;

/** Nobody reads a link out: the lines that hold one are left out. */
const NO_LINK = 'https://example.invalid/';

const partnerOf = (reader: Account): string => {
  if (!may(reader, 'enterProject')) throw new Forbidden();
  return reader.partner ?? MANAGERS;
};

const situationOf = async (parts: Needs, { about, project: id }: Delivery): Promise<Situation | null> => {
  const project = id === null ? null : await parts.projects.byId(id);
  if (!project) return null;
  const all = await parts.referrals.ofProject(project.id);
  const latest = all.at(-1) ?? null;
  const referral = about.kind === 'project' ? latest : await parts.referrals.byId(about.id);
  return { about: 'project', project, referral, latest };
};

const lineOf = async (parts: Needs, delivery: Delivery): Promise<LineToCall | null> => {
  const situation = await situationOf(parts, delivery);
  if (situation?.about !== 'project' || unwantedBecause(delivery.email, situation)) return null;
  const { project, latest } = situation;
  const { text } = await emailInWords(parts, delivery, situation, { link: NO_LINK, now: parts.clock() });
  const since = delivery.toCall?.since ?? delivery.due;
  return { id: delivery.id, since, project, referral: latest, text: aloud(text) };
};

/** What makes sense aloud: neither the link, nor that it is to be kept, nor who sends such e-mails and why. */
const aloud = (text: string): string => {
  const lines = (text.split('\n-- \n')[0] ?? '').split('\n').filter((line) => !line.includes(NO_LINK));
  const words = lines.map((line) => line.replace(/\s?Gardez ce message\s?:[^.]*\./, '')).join('\n');
  return words.replace(/\n{3,}/g, '\n\n').trim();
};

/**
 * What the reader's people have still to say, oldest first, as things stand now. What has become pointless is cancelled, as
 * an e-mail would be: left there, it would keep what came later out of sight. Throws Forbidden for who may not enter projects.
 */
export const listToCall =
  (parts: Needs & Pick<Parts, 'note'>) =>
  async (reader: Account): Promise<LineToCall[]> => {
    const { deliveries } = parts;
    const partner = partnerOf(reader);
    let lines: (LineToCall | null)[] = [];
    for (let reads = 0; reads < READS; reads += 1) {
      const open = await deliveries.toCallAt(partner, AT_MOST);
      lines = await Promise.all(open.map((delivery) => lineOf(parts, delivery)));
      const pointless = open.filter((_delivery, place) => lines[place] === null);
      for (const { id } of pointless) await deliveries.dropToCall(id, 'no longer to be said');
      if (pointless.length === 0 || open.length < AT_MOST) break;
    }
    const toSay = lines.filter((line) => line !== null);
    await parts.note(listRead(reader, 'to-call', toSay.length));
    return toSay;
  };

/** The same for one project: what its sheet shows. */
export const toCallOfProject =
  (parts: Needs) =>
  async (reader: Account, project: string): Promise<LineToCall[]> => {
    const partner = partnerOf(reader);
    const all = await parts.deliveries.ofProject(project);
    const open = all.filter(({ toCall }) => toCall?.partner === partner && toCall.done === null);
    const lines = await Promise.all(open.map((delivery) => lineOf(parts, delivery)));
    return lines.filter((line) => line !== null);
  };

/** "C'est dit": ticks a line off, once. Throws NotFound for a line of another partner. */
export const markSaid =
  (parts: Pick<Parts, 'clock' | 'deliveries'>) =>
  async (by: Account, id: string): Promise<void> => {
    const line = await parts.deliveries.toCallById(id);
    if (line?.toCall?.partner !== partnerOf(by)) throw new NotFound();
    await parts.deliveries.markSaid(id, { at: parts.clock(), by: by.id });
  };
