import { overBefore } from '../../domain/privacy/keeps.js';
import { RETENTION } from '../../domain/privacy/retention.js';
import type { VerifyParts } from './invariant.js';

/** An account, as far as it may have projects in hand. */
export interface Person {
  active: boolean;
  partner: string | null;
  leaving: string | null;
}

/** What is known once for the whole store: small, and read again with each look. */
export interface Standing {
  now: Date;
  people: Map<string, Person>;
  /** How each partner of the directory stands; others are unknown. */
  partners: Map<string, 'open' | 'closed'>;
  /** Partners that never said when they are closed. */
  neverClosed: Set<string>;
  /** Versions of the rules that decisions may name. */
  rulesetVersions: Set<string>;
  /** E-mails of what happened before may be gone already. */
  emailsKeptFrom: Date;
}

interface AccountRow {
  _id: string;
  active: boolean;
  partner: string | null;
  leaving?: string | null;
}

const readPeople = async ({ everyRecord }: VerifyParts): Promise<Standing['people']> => {
  const people: Standing['people'] = new Map();
  const wanted = { collection: 'accounts', fields: { active: 1, partner: 1, leaving: 1 } } as const;
  for await (const page of everyRecord.pages<AccountRow>(wanted))
    for (const { _id, active, partner, leaving } of page)
      people.set(_id, { active, partner, leaving: leaving ?? null });
  return people;
};

export const readStanding = async (parts: VerifyParts): Promise<Standing> => {
  const { clock, partnerSettings, rulesets, territory } = parts;
  const now = clock();
  const ids = territory.partners.map(({ id }) => id);
  const settings = await Promise.all(ids.map(partnerSettings.read));
  const versions = (await rulesets.history()).map(({ version }) => version);
  return {
    now,
    people: await readPeople(parts),
    partners: new Map(territory.partners.map(({ id, role }) => [id, role === 'inactive' ? 'closed' : 'open'])),
    neverClosed: new Set(ids.filter((_, place) => settings[place]?.version === 0)),
    rulesetVersions: new Set([parts.firstRules.version, ...versions]),
    emailsKeptFrom: overBefore(RETENTION.deliveries.keeps, now) ?? new Date(0),
  };
};
