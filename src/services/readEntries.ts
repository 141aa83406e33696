import type { HolderKind, RoutingFacts } from '../domain/routing/decision.js';
import { HOLDER_WORDS } from '../domain/routing/factTable.js';
import { typeset } from '../domain/routing/wording.js';
import { NEED_IDS, type Need, needOfLabel } from '../domain/territory/needs.js';
import { STAGE_IDS, type Stage, stageOfCode } from '../domain/territory/stages.js';
import type { Territory } from '../domain/territory/territory.js';
import { Invalid } from '../errors.js';

/** One request of a file, ready to be routed. */
export interface Entry {
  id: string;
  title: string;
  facts: RoutingFacts;
}

/**
 * Reads the requests of a JSON text: an array of them, or a single one, in the format of data/territory/cases.json.
 * Needs and stages may be the French words of that file or our own identifiers. What is absent is not known; a request
 * without id takes its place in the list. Throws Invalid with all that is wrong, one French line a problem, which names the
 * file, the request and the path of the field.
 */
export function readEntries(text: string, file: string, territory: Pick<Territory, 'commune'>): Entry[] {
  const parsed = parse(text, file);
  const problems: string[] = [];
  const entries = (Array.isArray(parsed) ? parsed : [parsed]).map((value, i) => {
    const named = isObject(value) && value['id'] !== '' && isName(value['id']) ? String(value['id']) : null;
    const refuse: Refuse = (path, problem) => {
      problems.push(typeset(`${file}, demande ${named ?? `nº ${i + 1}`}, champ ${path} : ${problem}.`));
      return null;
    };
    return readEntry(value, named ?? String(i + 1), refuse, territory);
  });
  if (problems.length > 0) throw new Invalid(problems.join('\n'));
  return entries;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Invalid(typeset(`${file} : ce fichier n’est pas du JSON lisible.`));
  }
}

/** Notes a problem; the value is read as absent, and the reading goes on to find the others. */
type Refuse = (path: string, problem: string) => null;
type Fields = Record<string, unknown>;

function readEntry(given: unknown, id: string, refuse: Refuse, territory: Pick<Territory, 'commune'>): Entry {
  const value: Fields = isObject(given) ? given : {};
  if (!isObject(given)) refuse('id', 'une demande doit être un objet');
  else if (!isAbsent(given['id']) && !isName(given['id'])) refuse('id', 'il faut un texte');
  const title = readText(value, 'title', refuse);
  return {
    id,
    title,
    facts: {
      needs: readNeeds(value['needs'], refuse),
      stage: readStage(value['stage'], refuse),
      commune: readCommune(value['commune'], refuse, territory),
      holderKind: readHolder(value['holderKind'], refuse),
      sector: readText(value, 'sector', refuse) || null,
      headcount: readHeadcount(value['headcount'], refuse),
      title,
      summary: readText(value, 'summary', refuse),
    },
  };
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isName = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function readText(value: Fields, field: string, refuse: Refuse): string {
  const text = value[field];
  if (isAbsent(text)) return '';
  return typeof text === 'string' ? text : (refuse(field, 'il faut un texte') ?? '');
}

function readNeeds(value: unknown, refuse: Refuse): Need[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) return refuse('needs', 'il faut une liste de besoins') ?? [];
  return value.flatMap((one, i) => {
    const path = `needs[${i}]`;
    if (typeof one !== 'string') return refuse(path, 'chaque besoin doit être un texte') ?? [];
    const need = needOfLabel(one.trim().replaceAll('’', "'")) ?? NEED_IDS.find((id) => id === one);
    return need ?? refuse(path, `le besoin « ${one} » n’existe pas`) ?? [];
  });
}

function readStage(value: unknown, refuse: Refuse): Stage | null {
  if (isAbsent(value)) return null;
  if (typeof value !== 'string') return refuse('stage', 'il faut un texte');
  const stage = stageOfCode(value) ?? STAGE_IDS.find((id) => id === value);
  return stage ?? refuse('stage', `le stade « ${value} » n’existe pas`);
}

function readCommune(value: unknown, refuse: Refuse, territory: Pick<Territory, 'commune'>): string | null {
  if (isAbsent(value)) return null;
  if (!isObject(value)) return refuse('commune', 'il faut un objet avec codeInsee, ou null');
  const code = value['codeInsee'];
  if (isAbsent(code) && Object.keys(value).length === 0) return null;
  if (typeof code !== 'string') return refuse('commune.codeInsee', 'il faut le code INSEE, comme un texte');
  const known = territory.commune(code.trim());
  return known ? known.code : refuse('commune.codeInsee', `la commune « ${code} » n’existe pas`);
}

function readHolder(value: unknown, refuse: Refuse): HolderKind | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string' && Object.hasOwn(HOLDER_WORDS, value)) return value as HolderKind;
  return refuse('holderKind', `le profil « ${String(value)} » n’existe pas`);
}

function readHeadcount(value: unknown, refuse: Refuse): number | null {
  if (isAbsent(value)) return null;
  return typeof value === 'number' && value >= 0 ? value : refuse('headcount', 'il faut un nombre');
}
