import type { DraftSituation, Situation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Answers } from '../../domain/questionnaire/answers.js';
import type { Parts } from '../parts.js';
import { type AccountSituationParts, accountSituation } from './accountSituation.js';

export type StandingParts = AccountSituationParts & Pick<Parts, 'drafts' | 'projects' | 'referrals'>;

/** How things stand with what an e-mail is about: the one that was asked for, or another one about the same project. */
export type Standing = (delivery: Pick<Delivery, 'about'>) => Situation;

const draftSituation = async ({ drafts }: StandingParts, id: string): Promise<DraftSituation> => {
  const draft = await drafts.byId(id);
  if (!draft || draft.lastProject !== null) return { about: 'draft', draft: null };
  const { contact }: Answers = draft.answers;
  const { email, language } = draft;
  return { about: 'draft', draft: { id, language, name: contact?.name ?? '', email: email ?? contact?.email ?? null } };
};

const ofProject = async ({ projects, referrals }: StandingParts, id: string | null): Promise<Standing> => {
  const [project, all] = id === null ? [null, []] : await Promise.all([projects.byId(id), referrals.involvedIn(id)]);
  if (!project) throw new Error('The project of this e-mail is not in the store');
  const latest = all.filter(({ role }) => role === 'main').at(-1) ?? null;
  return ({ about }) => {
    const own = about.kind === 'project' ? latest : (all.find((referral) => referral.id === about.id) ?? null);
    return { about: 'project', project, referral: own, latest };
  };
};

/** Looks up, now, how things stand. Throws when the project is not in the store (yet). */
export const standingOf =
  (parts: StandingParts) =>
  async (delivery: Delivery, now: Date): Promise<Standing> => {
    const { about, project } = delivery;
    if (about.kind === 'project' || about.kind === 'referral') return ofProject(parts, project);
    const situation =
      about.kind === 'draft' ? await draftSituation(parts, about.id) : await accountSituation(parts)(delivery, now);
    return () => situation;
  };
