import type { NoteDraft } from '../data/noteDrafts.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { DraftForm } from '../domain/referrals/draftForm.js';
import { NotFound } from '../errors.js';
import type { Parts } from './parts.js';

/** What is kept of one form, at most: no form has more. */
const FIELDS_MAX = 20;
const VALUE_MAX = 5000;

/** A form half filled in, as its author finds it again. */
export type KeptForm = NoteDraft;

type Values = NoteDraft['values'];
type Needs = Pick<Parts, 'clock' | 'noteDrafts' | 'projects' | 'referrals'>;

const within = (value: string | string[]): string | string[] =>
  Array.isArray(value) ? value.slice(0, FIELDS_MAX).map((item) => item.slice(0, VALUE_MAX)) : value.slice(0, VALUE_MAX);

/** Names as our forms have them: no other can be of use. */
const FIELD_NAME = /^[a-zA-Z]\w{0,40}$/;

const isEmpty = (values: Values): boolean => Object.values(values).every((value) => value.length === 0);

/**
 * Keeps what an account has filled in of a form about a referral of the own partner, for 30 days; an emptied form is
 * forgotten. Throws NotFound for another partner's referral.
 */
export const saveNoteDraft =
  ({ clock, noteDrafts, projects, referrals }: Needs) =>
  async (
    by: Account,
    { referral, form, values }: { referral: string; form: DraftForm; values: Values },
  ): Promise<void> => {
    const found = await referrals.byId(referral);
    if (!found || !may(by, 'actOnReferral', found.partner)) throw new NotFound();
    const kept = Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => FIELD_NAME.test(name))
        .slice(0, FIELDS_MAX)
        .map(([name, value]) => [name, within(value)]),
    );
    const whose = { account: by.id, referral, form };
    if (isEmpty(kept)) return noteDrafts.remove(whose);
    await noteDrafts.save({ ...whose, project: found.project, values: kept, updatedAt: clock() });
    // Erased meanwhile: the erasure may have come before the draft.
    if ((await projects.byId(found.project))?.erasedAt) await noteDrafts.removeOfProjects([found.project]);
  };

/** The forms that this account has half filled in about a referral. Drafts are only ever their author's. */
export const readNoteDrafts =
  ({ noteDrafts }: Pick<Parts, 'noteDrafts'>) =>
  (by: Account, referral: string): Promise<KeptForm[]> =>
    noteDrafts.under({ account: by.id, referral });

/** Once its form is sent. */
export const dropNoteDraft =
  ({ noteDrafts }: Pick<Parts, 'noteDrafts'>) =>
  (by: Account, referral: string, form: DraftForm): Promise<void> =>
    noteDrafts.remove({ account: by.id, referral, form });
