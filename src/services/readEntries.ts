import type { HolderKind, RoutingFacts } from '../domain/routing/decision.js';
import { HOLDER_WORDS } from '../domain/routing/factTable.js';
import { typeset } from '../domain/routing/wording.js';
import { NEED_IDS, type Need, needOfLabel } from '../domain/territory/needs.js';
import { STAGE_IDS, type Stage, stageOfCode } from '../domain/territory/stages.js';
import { Invalid } from '../errors.js';

/** One request of a file, ready to be routed. */
export interface Entry {
  id: string;
  title: string;
  facts: RoutingFacts;
}

/**
 * Reads the requests of a JSON text: an array of them, or a single one, in the format of data/territory/cases.json.
 * Needs and stages may be the French words of that file or our own identifiers. What is absent is not known.
 * Throws Invalid, with one French sentence that names the file, the request and the field, at the first thing wrong.
 */
export function readEntries(text: string, file: string): Entry[] {
  const parsed = parse(text, file);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  return list.map((value, i) => readEntry(value, i, file));
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Invalid(typeset(`${file} : ce fichier n’est pas du JSON lisible.`));
  }
}

type Refuse = (field: string, problem: string) => never;

function readEntry(value: unknown, position: number, file: string): Entry {
  const named = isObject(value) && typeof value['id'] === 'string' && value['id'] !== '' ? value['id'] : null;
  const refuse: Refuse = (field, problem) => {
    throw new Invalid(typeset(`${file}, demande ${named ?? `nº ${position + 1}`}, champ ${field} : ${problem}.`));
  };
  if (!isObject(value)) return refuse('id', 'une demande doit être un objet');
  const id = named ?? (typeof value['id'] === 'number' ? String(value['id']) : refuse('id', 'il faut un texte'));
  const title = readText(value, 'title', refuse);
  return {
    id,
    title,
    facts: {
      needs: readNeeds(value['needs'], refuse),
      stage: readStage(value['stage'], refuse),
      commune: readCommune(value['commune'], refuse),
      holderKind: readHolder(value['holderKind'], refuse),
      sector: readText(value, 'sector', refuse) || null,
      headcount: readHeadcount(value['headcount'], refuse),
      title,
      summary: readText(value, 'summary', refuse),
    },
  };
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

function readText(value: Fields, field: string, refuse: Refuse): string {
  const text = value[field];
  if (isAbsent(text)) return '';
  return typeof text === 'string' ? text : refuse(field, 'il faut un texte');
}

function readNeeds(value: unknown, refuse: Refuse): Need[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) return refuse('needs', 'il faut une liste de besoins');
  return value.map((one) => {
    if (typeof one !== 'string') return refuse('needs', 'chaque besoin doit être un texte');
    const need = needOfLabel(one.trim().replaceAll('’', "'")) ?? NEED_IDS.find((id) => id === one);
    return need ?? refuse('needs', `le besoin « ${one} » n’existe pas`);
  });
}

function readStage(value: unknown, refuse: Refuse): Stage | null {
  if (isAbsent(value)) return null;
  if (typeof value !== 'string') return refuse('stage', 'il faut un texte');
  const stage = stageOfCode(value) ?? STAGE_IDS.find((id) => id === value);
  return stage ?? refuse('stage', `le stade « ${value} » n’existe pas`);
}

function readCommune(value: unknown, refuse: Refuse): string | null {
  if (isAbsent(value)) return null;
  if (!isObject(value)) return refuse('commune', 'il faut un objet avec codeInsee, ou null');
  const code = value['codeInsee'];
  if (typeof code !== 'string') return refuse('commune.codeInsee', 'il faut le code INSEE, comme un texte');
  return code.trim();
}

function readHolder(value: unknown, refuse: Refuse): HolderKind | null {
  if (isAbsent(value)) return null;
  if (typeof value !== 'string' || !Object.hasOwn(HOLDER_WORDS, value)) {
    return refuse('holderKind', `le profil « ${String(value)} » n’existe pas`);
  }
  return value as HolderKind;
}

function readHeadcount(value: unknown, refuse: Refuse): number | null {
  if (isAbsent(value)) return null;
  return typeof value === 'number' && value >= 0 ? value : refuse('headcount', 'il faut un nombre');
}
