import { type HolderAct, holderActsFor } from '../domain/referrals/holderActs.js';
import type { EventType, Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { Conflict, Gone, NotFound, TooMany } from '../errors.js';
import type { Parts } from './parts.js';

export type OpenParts = Pick<Parts, 'clock' | 'links' | 'projects' | 'referrals'>;

/** A holder's project, and its latest main referral. */
export interface OwnProject {
  project: Project;
  referral: Referral | null;
}

const NO_PROJECT = {
  fr: 'Ce lien n’ouvre aucun projet. Copiez-le en entier depuis notre e-mail, ou demandez-en un nouveau sur la page « Lien de suivi perdu ».',
  en: 'This link opens no project. Copy all of it from our e-mail, or ask for a new one on the “Lost your follow-up link” page.',
};
const REPLACED = {
  fr: 'Nous vous avons envoyé un lien plus récent. Cherchez notre dernier e-mail, ou demandez un nouveau lien sur la page « Lien de suivi perdu ».',
  en: 'We have sent you a newer link. Look for our latest e-mail, or ask for a new link on the “Lost your follow-up link” page.',
};
export const ERASED = {
  fr: 'Les données de ce projet sont effacées.',
  en: 'The data of this project have been erased.',
};

/**
 * Opens a project by the secret of its follow-up link. Null when its data were erased: there is nothing left to open.
 * Throws NotFound when the link leads nowhere, Gone when another one was sent since.
 */
export const openOwnProject =
  ({ clock, links, projects, referrals }: OpenParts) =>
  async (token: string): Promise<OwnProject | null> => {
    const link = await links.open('follow-up', token, clock());
    const project = link && (await projects.byId(link.subject));
    if (project?.erasedAt) return null;
    if (!project) throw new NotFound(NO_PROJECT);
    if (link.state !== 'open') throw new Gone(REPLACED);
    return { project, referral: (await referrals.ofProject(project.id)).at(-1) ?? null };
  };

/** The same for an act. Throws Conflict when the act makes no sense any more where the project stands. */
export const openForAct =
  (parts: OpenParts) =>
  async (token: string, act: HolderAct): Promise<OwnProject> => {
    const own = await openOwnProject(parts)(token);
    if (!own) throw new Gone(ERASED);
    if (!holderActsFor(own.project, own.referral, parts.clock()).includes(act)) throw tooLate();
    return own;
  };

/** Changes leave events, and e-mails to the advisor: throws TooMany when a project has more of them than a person makes. */
export const keepToPace =
  ({ limits }: Pick<Parts, 'limits'>) =>
  async ({ project }: OwnProject): Promise<void> => {
    const { allowed, retryInSeconds } = await limits.take('changes-of-project', project.id);
    if (!allowed) throw new TooMany(retryInSeconds);
  };

/** Thrown by the services when the project moved on between the page and the act. */
export const tooLate = (): Conflict =>
  new Conflict({
    fr: 'Votre projet a changé entre-temps. Revenez à la page de suivi pour voir où il en est.',
    en: 'Your project has changed in the meantime. Go back to its page to see where it stands.',
  });

/** An event of the holder on the own project; codes and ids only. */
export const holderEvent = (
  { project, referral }: OwnProject,
  said: { id: string; type: EventType; at: Date } & Partial<Pick<ProjectEvent, 'before' | 'after' | 'reason' | 'note'>>,
): ProjectEvent => ({
  project: project.id,
  referral: referral?.id ?? null,
  partner: referral?.partner ?? null,
  actor: { role: 'holder', account: null },
  before: null,
  after: null,
  reason: null,
  note: null,
  ...said,
});
