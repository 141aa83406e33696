import { sheetRead } from '../../domain/audit/auditNotes.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

/** What is printed for somebody whose project staff entered. */
export interface CounterReceipt {
  project: Project;
  /** The project's latest main referral; null while nobody has it. */
  referral: Referral | null;
}

/**
 * The receipt of a project that was entered for somebody. Throws NotFound for all but who entered it and the people of the
 * partner that has it, and for projects that their holders sent alone, or had erased.
 */
export const readReceipt =
  (parts: Pick<Parts, 'note' | 'projects' | 'referrals'>) =>
  async (reader: Account, id: string): Promise<CounterReceipt> => {
    const receipt = await openReceipt(parts, reader, id);
    await parts.note(sheetRead(reader, id, { of: 'receipt' }));
    return receipt;
  };

const openReceipt = async (
  { projects, referrals }: Pick<Parts, 'projects' | 'referrals'>,
  reader: Account,
  id: string,
): Promise<CounterReceipt> => {
  const project = await projects.byId(id);
  if (!project?.consent.by || project.erasedAt) throw new NotFound();
  const referral = (await referrals.ofProject(id)).at(-1) ?? null;
  const hasIt = referral !== null && may(reader, 'actOnReferral', referral.partner);
  if (project.consent.by !== reader.id && !hasIt) throw new NotFound();
  return { project, referral };
};

/** A new address of the follow-up page, to print with the receipt. Throws NotFound as readReceipt does. */
export const linkForReceipt =
  (parts: Pick<Parts, 'addresses' | 'clock' | 'links' | 'projects' | 'referrals'>) =>
  async (reader: Account, id: string): Promise<string> => {
    const { project } = await openReceipt(parts, reader, id);
    return parts.addresses.followUp(
      await parts.links.create({ purpose: 'follow-up', project: project.id }, parts.clock()),
    );
  };
