import type { Territory } from '../territory/territory.js';
import type { Project, ReferralAbout } from './referral.js';
import { searchWords } from './searchWords.js';

/** What queues show, filter and search of a project. Of an erased one, nothing that names anybody is left. */
export const referralAbout = (project: Project, territory: Territory): ReferralAbout => {
  const { facts, reference, contact, organisation, channel, submittedAt } = project;
  const commune = facts.commune === null ? undefined : territory.commune(facts.commune);
  return {
    reference,
    title: facts.title,
    need: facts.needs[0] ?? null,
    stage: facts.stage,
    commune: facts.commune,
    epci: commune?.epci ?? null,
    channel,
    submittedAt,
    words: searchWords(reference, facts.title, contact.name, organisation, commune?.name ?? null, facts.summary),
  };
};
