import type { ProjectSituation } from '../../domain/emails/conditions.js';
import { type Delivery, eventOf } from '../../domain/emails/delivery.js';
import type { ProjectEmailFacts } from '../../domain/emails/emailFacts.js';
import { isHolders, tellHolder } from '../../domain/referrals/holderStory.js';
import type { ProjectEvent, Referral } from '../../domain/referrals/referral.js';
import { reasonsInEnglish } from '../../domain/routing/reasonsInEnglish.js';
import type { Language } from '../../domain/territory/language.js';
import type { Parts } from '../parts.js';

export type FactParts = Pick<Parts, 'accounts' | 'addresses' | 'events' | 'partnerSettings' | 'territory'>;

/** What was written with an act: its event points to a note of the referral. */
const wordsOf = (event: ProjectEvent | null, referral: Referral | null): string =>
  referral?.notes.find(({ id }) => id === event?.note)?.text ?? '';

/** The partner whose people acted: for a project that reaches another one, where it comes from. */
const actedAt = (event: ProjectEvent | null, story: ProjectEvent[]): string | null => {
  if (event?.type !== 'referred') return event?.partner ?? null;
  return story.findLast(({ type, to }) => type === 'rerouted' && to === event.partner)?.partner ?? null;
};

/** What happened just before, and is told in the same e-mail. */
const namedIn = ({ also = [] }: Delivery, story: ProjectEvent[]): ProjectEvent[] =>
  also.flatMap((id) => story.find((event) => event.id === id) ?? []).filter(isHolders);

/** What a lead added to receipts, in the language of the e-mail. */
const partnerWords = async (
  { partnerSettings }: FactParts,
  referral: Referral | null,
  language: Language,
): Promise<ProjectEmailFacts['partnerWords']> => {
  if (!referral) return { receipt: '', hours: '' };
  const { receipt, hours } = await partnerSettings.read(referral.partner);
  return { receipt: receipt[language].trim(), hours: hours[language].trim() };
};

/** What the words of an e-mail about a project are made of, looked up now; without what only its sending knows. */
export const emailFacts = async (
  parts: FactParts,
  delivery: Delivery,
  { project, referral }: ProjectSituation,
  language: Language,
): Promise<Omit<ProjectEmailFacts, 'link' | 'now'>> => {
  const { territory, accounts, addresses, events } = parts;
  const nameOf = (partner: string): string => territory.partner(partner)?.name ?? partner;
  const story = await events.ofProject(project.id);
  const event = story.find(({ id }) => id === eventOf(delivery)) ?? null;
  const people = await accounts.byIds([referral?.takenBy, event?.actor.account].flatMap((id) => id ?? []));
  const personOf = (account: string | null | undefined) => people.find(({ id }) => id === account)?.name;
  const from = actedAt(event, story);
  return {
    about: 'project',
    project,
    referral,
    event,
    story,
    partner: referral && nameOf(referral.partner),
    person: personOf(referral?.takenBy) ?? (referral?.takenBy ? nameOf(referral.partner) : null),
    from: from ? nameOf(from) : '',
    actor: personOf(event?.actor.account) ?? '',
    commune: project.facts.commune && (territory.commune(project.facts.commune)?.name ?? null),
    words: wordsOf(event, referral),
    helpers: project.decision.associated.flatMap((id) => territory.partner(id) ?? []),
    reasons: language === 'fr' ? project.decision.reasons : reasonsInEnglish(project, territory),
    partnerWords: await partnerWords(parts, referral, language),
    language,
    also: namedIn(delivery, story).map((each) => tellHolder(each, { language, territory })),
    actLinks: {
      helped: referral ? addresses.close(referral.id, 'helped') : '',
      no_solution: referral ? addresses.close(referral.id, 'no_solution') : '',
      unreachable: referral ? addresses.close(referral.id, 'unreachable') : '',
    },
  };
};
