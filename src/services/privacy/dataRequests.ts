import { sheetRead } from '../../domain/audit/auditNotes.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { IDENTITY_CHECKS, type IdentityCheck } from '../../domain/referrals/erasure.js';
import { Forbidden, Invalid, NotFound } from '../../errors.js';
import { type EraseParts, eraseOpened } from '../eraseProject.js';
import type { OwnProject } from '../openOwnProject.js';
import { dataOf, type OwnData, type OwnDataParts } from '../ownData.js';
import type { Parts } from '../parts.js';

type OpenById = Pick<Parts, 'projects' | 'referrals'>;

/** Throws Forbidden for who may not answer for a holder, NotFound. Null: its data are erased. */
const openFor =
  ({ projects, referrals }: OpenById) =>
  async (by: Account, id: string): Promise<OwnProject | null> => {
    if (!may(by, 'answerDataRequests')) throw new Forbidden();
    const project = await projects.byId(id);
    if (!project) throw new NotFound();
    return project.erasedAt ? null : { project, referral: (await referrals.ofProject(id)).at(-1) ?? null };
  };

/** The project that somebody asks about, before anything is given or erased. Null once it is erased. */
export const readDataRequest =
  (parts: OpenById & Pick<Parts, 'note'>) =>
  async (by: Account, id: string): Promise<OwnProject | null> => {
    const own = await openFor(parts)(by, id);
    await parts.note(sheetRead(by, id, { of: 'data-request' }));
    return own;
  };

/** What its holder would download, for one who lost the link. Null once it is erased; throws Forbidden and NotFound. */
export const dataOnRequest =
  (parts: OpenById & OwnDataParts & Pick<Parts, 'note'>) =>
  async (by: Account, id: string): Promise<OwnData | null> => {
    const own = await openFor(parts)(by, id);
    if (!own) return null;
    await parts.note({ act: 'personal-data-given', actor: { account: by.id }, about: { kind: 'project', id } });
    return dataOf(parts)(own);
  };

/**
 * Erases a project for its holder, who asked by telephone or by letter; `identity`: how that person was recognised. False when it
 * was erased before: nothing is left to do. Throws Forbidden, NotFound, Invalid.
 */
export const eraseOnRequest =
  (parts: EraseParts & OpenById & Pick<Parts, 'note'>) =>
  async (by: Account, id: string, identity: IdentityCheck): Promise<boolean> => {
    if (!Object.hasOwn(IDENTITY_CHECKS, identity))
      throw new Invalid('Choisissez comment vous avez vérifié qui demande.');
    const actor = { role: by.role, account: by.id };
    const erasure = { actor, because: 'asked', identity } as const;
    const erased = await eraseOpened(parts)(() => openFor(parts)(by, id), erasure);
    if (!erased) return false;
    const about = { kind: 'project', id } as const;
    await parts.note({ act: 'project-erased', actor: { account: by.id }, about, detail: { identity } });
    return true;
  };
