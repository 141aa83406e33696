import type { Seen } from './facts.js';
import { HOLDER_WORDS, NEED_WORDS, STAGE_WORDS } from './factTable.js';
import { quoted } from './wording.js';

/** One thing that a manager should know of a ruleset before it is published. */
export interface Finding {
  /** error: publishing is refused; warning: it needs a reason; info: good to know. */
  level: 'error' | 'warning' | 'info';
  check:
    | 'never-fires'
    | 'shadowed'
    | 'only-confirms'
    | 'tie'
    | 'triage'
    | 'not-covered'
    | 'partner-not-reached'
    | 'competence-not-used';
  /** Id of the row that it is about. */
  rule?: string;
  /** Id of the partner that it is about. */
  partner?: string;
  /** One or two French sentences. */
  text: string;
  /** False when only a sample of the answers was tried. */
  exact: boolean;
  /** Answers that show it, in French, at most five. */
  examples?: string[];
}

/** How many examples a finding shows. */
export const EXAMPLES = 5;

/** Answers in one line: "besoin « gestion de l’eau », à Dijon, avancement « Création », profil non précisé". */
export function answersInWords({ needs, values, commune }: Seen): string {
  const [main, ...others] = needs;
  const said = (label: string, words: string | undefined): string[] => (words ? [`${label} ${quoted(words)}`] : []);
  return [
    main === undefined ? 'aucun besoin choisi' : `besoin ${quoted(NEED_WORDS[main])}`,
    ...others.map((need) => `autre besoin ${quoted(NEED_WORDS[need])}`),
    commune === null ? 'commune inconnue' : `commune de ${commune.name}`,
    ...said('avancement', (STAGE_WORDS as Record<string, string>)[String(values.stage)]),
    ...said('profil', HOLDER_WORDS[String(values.holderKind)]),
    ...said('activité', SECTORS[String(values.sectorClass)]),
  ].join(', ');
}

const SECTORS: Record<string, string> = { manufacturing: 'fabrication', other: 'autre que la fabrication' };

/** "a, b et c"; beyond `most`, "a, b et 3 autres". */
export function listed(words: string[], most = 6): string {
  if (words.length <= 1) return words.join('');
  if (words.length > most) return `${words.slice(0, most - 1).join(', ')} et ${words.length - most + 1} autres`;
  return `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`;
}
