import type { CounterDraft } from '../../data/counterDrafts.js';
import type { Answers } from '../../domain/questionnaire/answers.js';
import type { CounterChannel } from '../../domain/questionnaire/channel.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { ConsentWay } from '../../domain/referrals/referral.js';
import { Conflict, Forbidden, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'clock' | 'counterDrafts'>;

/** A project under way for somebody, with its answers. */
export type Entry = Omit<CounterDraft, 'answers'> & { answers: Answers };

/** Shown at once: nobody has that many people on the telephone. */
const AT_MOST = 25;

const mustEnter = (by: Account): void => {
  if (!may(by, 'enterProject')) throw new Forbidden();
};

/** Reads an entry of one's own. Throws NotFound for another account's, or one that was given up. */
export const readEntry =
  ({ counterDrafts }: Needs) =>
  async (by: Account, id: string): Promise<Entry> => {
    mustEnter(by);
    const draft = await counterDrafts.read(id, by.id);
    if (!draft) throw new NotFound();
    return draft;
  };

/** What this account has begun and not sent, the latest first. Throws Forbidden for who may not enter projects. */
export const listEntries =
  ({ counterDrafts }: Needs) =>
  async (by: Account): Promise<Entry[]> => {
    mustEnter(by);
    return counterDrafts.underWay(by.id, AT_MOST);
  };

/** Begins to enter a project for somebody. Gives the id of the entry. */
export const startEntry =
  ({ clock, counterDrafts }: Needs) =>
  async (by: Account, channel: CounterChannel): Promise<string> => {
    mustEnter(by);
    return counterDrafts.start(by.id, channel, clock());
  };

/** Keeps the answers of these steps, and how the person agreed. Throws Conflict when the project was sent meanwhile. */
export const saveEntry =
  ({ clock, counterDrafts }: Needs) =>
  async (by: Account, id: string, steps: Answers, how: ConsentWay | null = null): Promise<void> => {
    mustEnter(by);
    const at = clock();
    const rest = how ? { consent: { how, at } } : {};
    if (await counterDrafts.save({ id, account: by.id }, steps, rest, at)) return;
    if (!(await counterDrafts.read(id, by.id))) throw new NotFound();
    throw new Conflict('Ce projet est déjà envoyé. Son récépissé est dans la liste des projets du partenaire.');
  };

/** Forgets what was typed. Done twice, it is done once. */
export const abandonEntry =
  ({ counterDrafts }: Needs) =>
  async (by: Account, id: string): Promise<void> => {
    mustEnter(by);
    await counterDrafts.abandon(id, by.id);
  };
