import type { ProjectSituation, WantedCondition } from '../domain/emails/conditions.js';
import { type Delivery, isOwed } from '../domain/emails/delivery.js';
import { unwantedBecause } from '../domain/emails/planEmails.js';
import { notAgainBecause } from '../domain/emails/sentAgain.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Project, Referral } from '../domain/referrals/referral.js';
import { NotFound } from '../errors.js';
import type { Parts } from './parts.js';

export type ProjectEmailParts = Pick<Parts, 'deliveries' | 'projects' | 'referrals'>;

/** One e-mail of a project. */
export interface ProjectEmail {
  delivery: Delivery;
  /** The partner that it is about; null when it is about the project alone. */
  partner: string | null;
  /** This reader may send it once more. */
  mayAgain: boolean;
  /** Owed, and would not leave as things stand now: why. */
  unwanted: WantedCondition | null;
}

/** A project with all its referrals, as far as its e-mails need them. */
export interface EmailCase {
  project: Project;
  /** All of them, associated ones too. */
  held: Referral[];
  /** The latest main one. */
  latest: Referral | null;
}

/** Throws NotFound for a project that nobody knows. */
export const emailCase = async ({ projects, referrals }: ProjectEmailParts, id: string): Promise<EmailCase> => {
  const project = await projects.byId(id);
  if (!project) throw new NotFound();
  return {
    project,
    held: await referrals.involvedIn(id),
    latest: (await referrals.ofProject(id)).at(-1) ?? null,
  };
};

const referralOf = ({ about }: Delivery, { held, latest }: EmailCase): Referral | null =>
  about.kind === 'referral' ? (held.find(({ id }) => id === about.id) ?? null) : latest;

/** How things stand with the project, seen from one of its e-mails. */
export const situationOf = (delivery: Delivery, known: EmailCase): ProjectSituation => ({
  about: 'project',
  project: known.project,
  referral: referralOf(delivery, known),
  latest: known.latest,
});

/** Of the e-mails about another partner's referral, a partner's people see those that the holder gets: no others. */
export const maySee = (reader: Account, delivery: Delivery, known: EmailCase): boolean => {
  if (may(reader, 'seeProject')) return true;
  const isInvolved = reader.partner !== null && known.held.some(({ partner }) => partner === reader.partner);
  const { about, audience } = delivery;
  const isOthers = about.kind === 'referral' && referralOf(delivery, known)?.partner !== reader.partner;
  return isInvolved && (!isOthers || audience === 'holder');
};

/** Whoever has the referral that it is about, or the project when it is about the project; managers. */
export const maySendAgain = (reader: Account, delivery: Delivery, known: EmailCase): boolean => {
  const partner = referralOf(delivery, known)?.partner;
  return may(reader, 'sendAgain', partner ?? '') && notAgainBecause(delivery, situationOf(delivery, known)) === null;
};

/** The e-mails of a project that this reader may know of, oldest first. Throws NotFound for a project that is not theirs. */
export const readProjectEmails =
  (parts: ProjectEmailParts) =>
  async (reader: Account, project: string): Promise<ProjectEmail[]> => {
    const known = await emailCase(parts, project);
    const isTheirs = may(reader, 'seeProject') || known.held.some(({ partner }) => partner === reader.partner);
    if (!isTheirs) throw new NotFound();
    const all = await parts.deliveries.ofProject(project);
    return all
      .filter((delivery) => maySee(reader, delivery, known))
      .map((delivery) => ({
        delivery,
        partner: delivery.about.kind === 'referral' ? (referralOf(delivery, known)?.partner ?? null) : null,
        mayAgain: maySendAgain(reader, delivery, known),
        unwanted: isOwed(delivery) ? unwantedBecause(delivery.email, situationOf(delivery, known)) : null,
      }));
  };
