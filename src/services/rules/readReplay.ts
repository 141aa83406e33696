import type { Replay } from '../../data/replays.js';
import { listRead } from '../../domain/audit/auditNotes.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Project } from '../../domain/referrals/referral.js';
import type { MovedProject } from '../../domain/routing/replay.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { checkRules } from './readRules.js';

export type { Replay } from '../../data/replays.js';

/** Rows of one page of the list of moved projects. */
export const MOVES_PAGE = 100;
const LATEST = 20;

/** A project that would go elsewhere; `project` null when it was erased since. */
export interface MovedRow extends MovedProject {
  project: Project | null;
}

export interface ReplaySheet {
  replay: Replay;
  by: Account | null;
  /** Is it of the draft as it is now? */
  isCurrent: boolean;
  rows: MovedRow[];
  page: number;
  pages: number;
}

/** A replay, under way or over, with one page of the projects that would move. Throws NotFound. */
export const readReplay =
  (parts: Pick<Parts, 'accounts' | 'note' | 'projects' | 'replayMoves' | 'replays' | 'rulesetDrafts'>) =>
  async (reader: Account, id: string, asked = 1): Promise<ReplaySheet> => {
    checkRules(reader, 'seeRules');
    const replay = await parts.replays.byId(id);
    if (!replay) throw new NotFound();
    const pages = Math.max(1, Math.ceil(replay.moved / MOVES_PAGE));
    const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages);
    const moves = await parts.replayMoves.page(replay, page);
    const found = await parts.projects.byIds(moves.map((move) => move.id));
    const byId = new Map(found.map((project) => [project.id, project]));
    if (found.length > 0) await parts.note(listRead(reader, 'replay', found.length));
    const [by] = await parts.accounts.byIds([replay.by]);
    const draft = await parts.rulesetDrafts.read();
    return {
      replay,
      by: by ?? null,
      isCurrent: draft?.id === replay.draft.id && draft.revision === replay.draft.revision,
      rows: moves.map((move) => ({ ...move, project: byId.get(move.id) ?? null })),
      page,
      pages,
    };
  };

/** The latest replays, latest first, without their rules. */
export const readReplays =
  ({ replays }: Pick<Parts, 'replays'>) =>
  async (reader: Account): Promise<Omit<Replay, 'after'>[]> => {
    checkRules(reader, 'seeRules');
    return replays.latest(LATEST);
  };
