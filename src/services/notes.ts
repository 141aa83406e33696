import type { PartnerNote } from '../data/notes.js';
import { type Account, may } from '../domain/referrals/access.js';
import { readsUntil, sharesWith } from '../domain/referrals/involved.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid, NotFound } from '../errors.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

/** Characters of a note or a message, at most. */
export const NOTE_MAX = 2000;

/** What partners tell one another: seen by all that are involved. */
export interface SharedMessage {
  id: string;
  at: Date;
  partner: string;
  /** Account of who wrote it; null when it is gone. */
  author: string | null;
  text: string;
}

export interface SheetNotes {
  /** For the own partner only, oldest first. */
  own: PartnerNote[];
  shared: SharedMessage[];
  /** Partners that would read a message shared now. */
  readers: string[];
}

type Needs = Pick<Parts, 'clock' | 'newId' | 'noteDrafts' | 'notes' | 'projects' | 'referrals'>;

/**
 * What this reader may read about a project: notes of the own partner, never those of another one, and the messages shared
 * while it was involved. A manager reads the messages, not the notes.
 */
export const readNotes =
  ({ notes }: Pick<Parts, 'notes'>) =>
  async (
    reader: Account,
    { referral, held, story }: { referral: Referral; held: Referral[]; story: ProjectEvent[] },
  ): Promise<SheetNotes> => {
    const isOwn = reader.partner === referral.partner;
    const until = isOwn ? readsUntil(referral) : null;
    const texts = new Map(held.flatMap((one) => one.notes.map(({ id, text }) => [id, text])));
    const shared = story.flatMap(({ type, note, at, partner, actor }) => {
      const text = note ? texts.get(note) : undefined;
      const isSeen = type === 'shared' && (until === null || at <= until || partner === reader.partner);
      return isSeen && note && text && partner ? [{ id: note, at, partner, author: actor.account, text }] : [];
    });
    return {
      own: isOwn ? await notes.ofPartner(referral.project, referral.partner) : [],
      shared,
      readers: [...new Set(sharesWith(referral, held).map(({ partner }) => partner))],
    };
  };

/** A text that somebody sends, with the id that its form was given: sent twice, it is kept once. */
interface Written {
  id: string;
  text: string;
}

const open = async ({ projects, referrals }: Pick<Needs, 'projects' | 'referrals'>, by: Account, id: string) => {
  const referral = await referrals.byId(id);
  if (!referral || !may(by, 'actOnReferral', referral.partner)) throw new NotFound();
  const project = await projects.byId(referral.project);
  if (!project) throw new NotFound();
  if (project.erasedAt) throw new Conflict('Les données de ce projet sont effacées. Rien ne s’y ajoute plus.');
  return referral;
};

const check = (text: string): void => {
  if (!text.trim() || text.length > NOTE_MAX) throw new Invalid(`Écrivez de 1 à ${NOTE_MAX} caractères.`);
};

export type NoteParts = Pick<Parts, 'clock' | 'newId' | 'notes' | 'projects' | 'referrals'>;

/** Keeps a note that only the people of the own partner read. Throws NotFound for another partner's referral. */
export const keepNote =
  (parts: NoteParts) =>
  async (by: Account, referralId: string, { id, text }: Written): Promise<void> => {
    const { clock, newId, notes, projects } = parts;
    check(text);
    const { id: referral, project, partner } = await open(parts, by, referralId);
    const note = { project, referral, partner, author: by.id, at: clock(), text };
    // The browser's "back" sends other words from the same form: another note.
    if (!(await notes.insert({ id, ...note })) && (await notes.byId(id))?.text !== text)
      await notes.insert({ id: newId(), ...note });
    // Erased while it was written: the erasure may have come before the note.
    if ((await projects.byId(project))?.erasedAt) await notes.removeOfProjects([project]);
  };

/** The same from the form of the sheet: what was half typed there is done with. */
export const addNote =
  (parts: Needs) =>
  async (by: Account, referral: string, written: Written): Promise<void> => {
    await keepNote(parts)(by, referral, written);
    await parts.noteDrafts.remove({ account: by.id, referral, form: 'note' });
  };

/**
 * Shares a message with the other partners involved, who are told by e-mail: one write with its event. Throws Conflict when
 * nobody else is involved.
 */
export const shareMessage =
  (parts: Needs & { settleReferral: Settle['settleReferral'] }) =>
  async (by: Account, referralId: string, { id, text }: Written): Promise<void> => {
    const { clock, newId, noteDrafts, referrals, settleReferral } = parts;
    check(text);
    const referral = await open(parts, by, referralId);
    if (sharesWith(referral, await referrals.involvedIn(referral.project)).length === 0)
      throw new Conflict('Aucun autre partenaire ne suit ce projet. Gardez vos mots dans une note.');
    const share = (note: Written): Promise<boolean> => {
      const event: ProjectEvent = {
        id: newId(),
        project: referral.project,
        referral: referral.id,
        partner: referral.partner,
        type: 'shared',
        at: clock(),
        actor: { role: by.role, account: by.id },
        before: referral.state,
        after: referral.state,
        reason: null,
        note: note.id,
      };
      return referrals.share(referral.id, { event, note });
    };
    if (!(await share({ id, text }))) {
      const there = (await referrals.byId(referral.id))?.notes.find((note) => note.id === id);
      if (there?.text !== text) await share({ id: newId(), text });
    }
    await settleReferral(referral.id);
    await noteDrafts.remove({ account: by.id, referral: referral.id, form: 'message' });
  };
