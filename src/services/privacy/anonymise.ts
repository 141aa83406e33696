import type { AnyRecord, WholeStore } from '../../data/wholeStore.js';
import { INVENTED, pseudonymised, pseudonymisedReferral, pseudonymOf } from '../../domain/privacy/pseudonyms.js';
import type { Contact } from '../../domain/questionnaire/submission.js';
import { ROLES, type Role } from '../../domain/referrals/access.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import { referralAbout } from '../../domain/referrals/referralAbout.js';
import type { Territory } from '../../domain/territory/territory.js';
import { Invalid } from '../../errors.js';

interface AnonymiseParts {
  from: WholeStore;
  to: WholeStore;
  territory: Territory;
  /** What the store finds a person's projects by. */
  keysOf: (contact: Pick<Contact, 'email' | 'phone'>) => object;
}

/** How many records of each collection were copied. */
export type Copied = Map<string, number>;

/** Who stands for whom, as far as it was copied. */
interface Cast {
  projects: Map<string, Project>;
  accounts: Map<string, string>;
}

type Change = (record: AnyRecord) => AnyRecord;

const asItIs: Change = (record) => record;

const idOf = ({ _id }: AnyRecord): string => String(_id);

/** What the copy has of each collection, in an order in which each finds whom it names. One that is not here is left out. */
const changesOf = ({ territory, keysOf }: AnonymiseParts, cast: Cast): Record<string, Change> => {
  const project: Change = (record) => {
    const number = cast.projects.size + 1;
    const { _id, ...held } = record;
    const made = pseudonymised({ id: idOf(record), ...held } as unknown as Project, number);
    cast.projects.set(made.id, made);
    const { id: _i, ...rest } = made;
    const isErased = made.erasedAt !== null;
    const kept = isErased ? { ...held, reference: made.reference } : { ...held, ...rest, ...keysOf(made.contact) };
    return { ...kept, _id, draft: idOf(record), lastAddress: null };
  };
  const referral: Change = (record) => {
    const owner = cast.projects.get(String(record['project']));
    const { about: before } = record as unknown as Referral;
    const isErased = !owner || owner.erasedAt !== null;
    const about = isErased
      ? { ...before, reference: owner?.reference ?? '', title: '', words: [] }
      : referralAbout(owner, territory);
    const { id: _i, ...rest } = pseudonymisedReferral(record as unknown as Referral, about);
    return { ...record, ...rest };
  };
  const account: Change = (record) => {
    const number = cast.accounts.size + 1;
    const name = `${ROLES[record['role'] as Role]} ${number}`;
    cast.accounts.set(idOf(record), name);
    const { _id, role, partner, active, demo, closedAt, competences, lastGivenAt, preferences } = record;
    const kept = { role, partner, active, demo, closedAt, competences, lastGivenAt, preferences };
    const email = `personnel-${number}@example.org`;
    return { _id, ...kept, name, email, passwordHash: '', mailRefused: null, secondFactor: null };
  };
  /** Rows of figures show the reference of their project. */
  const row: Change = (record) => {
    const reference = cast.projects.get(String(record['project'] ?? record['_id']))?.reference;
    return 'reference' in record ? { ...record, reference: reference ?? '' } : record;
  };
  const report: Change = (record) => {
    const by = record['by'] as { id: string; name: string };
    return { ...record, by: { ...by, name: cast.accounts.get(by.id) ?? pseudonymOf(1).name } };
  };
  return {
    accounts: account,
    projects: project,
    referrals: referral,
    events: asItIs,
    notes: (record) => ({ ...record, text: INVENTED }),
    absences: asItIs,
    projectfacts: row,
    referralfacts: row,
    cells: asItIs,
    channels: asItIs,
    namedPeriods: asItIs,
    partnersettings: (record) => ({ ...record, mailbox: record['mailbox'] && 'partenaire@example.org' }),
    publicsite: (record) => ({ ...record, director: '', host: '', contact: '' }),
    rulesets: (record) => ({ ...record, note: '', overrides: [] }),
    reports: report,
    marks: asItIs,
  };
};

/**
 * Copies a store into an empty one for demonstrations: everybody in it is replaced by somebody invented, the same within a project,
 * and all that was written by other words. Codes, ids and dates stay as they are, so that every figure is the same. Nothing that
 * lets in or leaves is copied: passwords, second factors, sessions, links, e-mails owed. Throws Invalid when the other store is
 * not empty.
 */
export const anonymise = async (parts: AnonymiseParts): Promise<Copied> => {
  const { from, to } = parts;
  if ((await to.filled()).length > 0) throw new Invalid('La base d’arrivée n’est pas vide. Donnez-en une nouvelle.');
  const cast: Cast = { projects: new Map(), accounts: new Map() };
  const copied: Copied = new Map();
  const there = new Set(await from.filled());
  for (const [name, change] of Object.entries(changesOf(parts, cast))) {
    if (!there.has(name)) continue;
    let count = 0;
    for await (const records of from.read(name)) {
      await to.write(name, records.map(change));
      count += records.length;
    }
    copied.set(name, count);
  }
  return copied;
};
