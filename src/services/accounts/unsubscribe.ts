import type { OpenedLink } from '../../data/links.js';
import { UNSUBSCRIBED } from '../../domain/emails/preferences.js';
import type { Language } from '../../domain/territory/language.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'links' | 'projects'>;

/**
 * What the unsubscribe link of an e-mail stands for: the messages that sum up what waits for an account, or our questions
 * about a project. `done`: nothing of the kind leaves any more. `hasNews`: those come one by one without such messages.
 */
export type UnsubscribeLink =
  | { about: 'account'; state: 'open' | 'done' | 'expired'; hasNews: boolean }
  | { about: 'project'; state: 'open' | 'done' | 'expired'; language: Language }
  | { about: null; state: 'unknown' };

const ofAccount = async ({ accounts }: Needs, { subject, state }: OpenedLink): Promise<UnsubscribeLink> => {
  const inUse = await accounts.byId(subject);
  const hasNews = inUse !== null && inUse.role !== 'manager';
  const wants = inUse !== null && (await accounts.emailStateOf([subject])).get(subject)?.preferences.digest;
  if (!wants) return { about: 'account', state: 'done', hasNews };
  return { about: 'account', state: state === 'open' ? 'open' : 'expired', hasNews };
};

/** Only erasure revokes such a link, and nothing is asked about what is erased. */
const ofProject = async ({ projects }: Needs, { subject, state }: OpenedLink): Promise<UnsubscribeLink> => {
  const project = await projects.byId(subject);
  const language = project?.language ?? 'fr';
  const isDone = !project || project.erasedAt !== null || Boolean(project.questionsRefusedAt) || state === 'revoked';
  return { about: 'project', state: isDone ? 'done' : state, language };
};

const open = async (parts: Needs, token: string): Promise<{ link: OpenedLink | null; stands: UnsubscribeLink }> => {
  const now = parts.clock();
  const account = await parts.links.open('unsubscribe', token, now);
  if (account) return { link: account, stands: await ofAccount(parts, account) };
  const project = await parts.links.open('no-questions', token, now);
  if (project) return { link: project, stands: await ofProject(parts, project) };
  return { link: null, stands: { about: null, state: 'unknown' } };
};

/** Looks at a link and changes nothing: mail scanners open links too. */
export const readUnsubscribe =
  (parts: Needs) =>
  async (token: string): Promise<UnsubscribeLink> =>
    (await open(parts, token)).stands;

/** Does what the link stands for, and says how things stand now. Done twice, it changes nothing. */
export const unsubscribe =
  (parts: Needs) =>
  async (token: string): Promise<UnsubscribeLink> => {
    const { link, stands } = await open(parts, token);
    if (!link || stands.state !== 'open') return stands;
    if (stands.about === 'account') await parts.accounts.setEmailPreferences(link.subject, UNSUBSCRIBED);
    else await parts.projects.refuseQuestions(link.subject, parts.clock());
    return { ...stands, state: 'done' };
  };
