import type { Outcome } from '../../../domain/routing/decision.js';
import type { ReplayReport } from '../../../domain/routing/replay.js';
import type { Territory } from '../../../domain/territory/territory.js';
import type { Replay } from '../../../services/rules/readReplay.js';
import { partnerInWords } from '../../projectWords.js';

export const REPLAY_STATES: Record<Replay['state'], { label: string; tone: string }> = {
  waiting: { label: 'En attente', tone: 'info' },
  running: { label: 'En cours', tone: 'now' },
  stopped: { label: 'Arrêté', tone: 'neutral' },
  done: { label: 'Terminé', tone: 'done' },
  failed: { label: 'En échec', tone: 'late' },
};

const NOBODY: Record<Exclude<Outcome, 'routed'>, string> = {
  triage: 'Une personne choisit',
  out_of_territory: 'Hors du territoire',
  rejected: 'Écarté',
};

/** Where a project goes: a partner, or what is decided without any. */
export const destinationInWords = (destination: string, territory: Territory): string =>
  NOBODY[destination as keyof typeof NOBODY] ?? partnerInWords(destination, territory);

/** "3 projets sur 372 iraient ailleurs" */
export const movedInWords = (moved: number, total: number): string => {
  if (moved === 0) return `Aucun des ${total}\u00a0projets n’irait ailleurs`;
  return `${moved}\u00a0projet${moved > 1 ? 's' : ''} sur ${total} ${moved > 1 ? 'iraient' : 'irait'} ailleurs`;
};

const MINUTE = 60;

/** "moins d’une minute", "environ 3 minutes": from the pace so far; null before there is one. */
export const timeLeftInWords = ({ done, total, startedAt }: Replay, now: Date): string | null => {
  if (!startedAt || done === 0 || total <= done) return null;
  const seconds = ((now.getTime() - startedAt.getTime()) / 1000 / done) * (total - done);
  if (seconds < MINUTE) return 'moins d’une minute';
  const minutes = Math.round(seconds / MINUTE);
  return `environ ${minutes}\u00a0minute${minutes > 1 ? 's' : ''}`;
};

const share = (part: number, whole: number): string => `${Math.round((part / whole) * 100)}\u00a0%`;

/** What the draft does better or worse than the rules in force where a person decided in the end. */
export const agreementInWords = ({ compared, before, after }: ReplayReport['agreement']): string[] => {
  if (compared === 0)
    return [
      'Pendant cette période, aucune personne n’a choisi de partenaire : rien à comparer.'.replace(' :', '\u00a0:'),
    ];
  const projects = compared > 1 ? `${compared} projets ont été envoyés` : 'Un projet a été envoyé';
  const change = after - before;
  const verdict =
    change === 0
      ? 'Le brouillon ne fait ni mieux ni moins bien.'
      : `Le brouillon fait ${change > 0 ? 'mieux' : 'moins bien'} que les règles en vigueur.`;
  return [
    `${projects} par une personne, qui a eu le dernier mot.`,
    `Les règles en vigueur choisissent le même partenaire ${before} fois (${share(before, compared)}), le brouillon ${after} fois (${share(after, compared)}).`,
    verdict,
  ];
};
