import type { SavedView } from '../data/savedViews.js';
import type { Account } from '../domain/referrals/access.js';
import { Invalid } from '../errors.js';
import type { Parts } from './parts.js';

/** More than that is no longer a shortcut. */
export const MOST_VIEWS = 20;

type Needs = Pick<Parts, 'savedViews'>;

/** Keeps a view of the queue under a name; one of the same name is replaced. Throws Invalid beyond MOST_VIEWS. */
export const saveView =
  ({ clock, savedViews }: Needs & Pick<Parts, 'clock'>) =>
  async (by: Account, view: Omit<SavedView, 'id'>): Promise<void> => {
    const views = await savedViews.of(by.id);
    const isNew = views.every(({ name }) => name !== view.name);
    if (isNew && views.length >= MOST_VIEWS)
      throw new Invalid(`Vous avez déjà ${MOST_VIEWS} vues. Supprimez-en une, puis recommencez.`);
    await savedViews.save(by.id, view, clock());
  };

export const listViews =
  ({ savedViews }: Needs) =>
  (reader: Account): Promise<SavedView[]> =>
    savedViews.of(reader.id);

export const removeView =
  ({ savedViews }: Needs) =>
  (by: Account, id: string): Promise<void> =>
    savedViews.remove(by.id, id);
