import { NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';

/**
 * THE list of what a condition may look at, with its French words. Facts come from the answers, from the commune, or,
 * for those marked `after`, from the decision itself: those only serve rules for associated partners and doubts.
 * Kinds: choice (one value of a list), list (several), number, yes-no, text (only "is it known?").
 */
export type FactRow =
  | { kind: 'choice' | 'list'; label: string; values: Record<string, string>; after?: true }
  | { kind: 'number'; label: string; unit: string; after?: true }
  | { kind: 'yes-no'; yes: string; no: string; label: string; after?: true }
  | { kind: 'text'; label: string; after?: true };

const labels = <Key extends string>(rows: Record<Key, { label: string }>): Record<Key, string> =>
  Object.fromEntries(
    Object.entries<{ label: string }>(rows).map(([id, row]) => [id, row.label.replaceAll("'", '’')]),
  ) as Record<Key, string>;

export const NEED_WORDS = labels(NEEDS);
export const STAGE_WORDS = labels(STAGES);

export const HOLDER_WORDS: Record<string, string> = {
  student: 'en études',
  researcher: 'dans la recherche',
  'future-founder': 'prépare une activité',
  company: 'entreprise',
  association: 'association ou coopérative',
  'public-body': 'commune ou organisme public',
  other: 'autre',
};

const KIND_WORDS: Record<string, string> = {
  cci: 'une CCI',
  metropole: 'la Métropole',
  university: 'l’université',
  'territoire-industrie': 'un Territoire d’industrie',
  other: 'un autre organisme',
};

const OUTCOMES: Record<string, string> = {
  routed: 'orienté vers un partenaire',
  triage: 'à orienter par une personne',
  out_of_territory: 'hors du territoire',
  rejected: 'écarté',
};

export const FACTS = {
  mainNeed: { kind: 'choice', label: 'le besoin principal', values: NEED_WORDS },
  otherNeeds: { kind: 'list', label: 'les autres besoins', values: NEED_WORDS },
  preciseNeed: {
    kind: 'yes-no',
    label: 'un besoin précis, au-delà du conseil',
    yes: 'un besoin précis est choisi',
    no: 'aucun besoin précis n’est choisi',
  },
  stage: { kind: 'choice', label: 'l’avancement', values: STAGE_WORDS },
  holderKind: { kind: 'choice', label: 'le profil', values: HOLDER_WORDS },
  headcount: { kind: 'number', label: 'l’effectif', unit: 'personnes' },
  sectorClass: {
    kind: 'choice',
    label: 'l’activité',
    values: { manufacturing: 'fabrication', other: 'autre que la fabrication' },
  },
  industrial: {
    kind: 'yes-no',
    label: 'le caractère industriel',
    yes: 'le projet est industriel',
    no: 'le projet n’est pas industriel',
  },
  craft: {
    kind: 'yes-no',
    label: 'le caractère artisanal',
    yes: 'l’activité est artisanale',
    no: 'l’activité n’est pas artisanale',
  },
  commune: { kind: 'text', label: 'la commune' },
  looksLikeSolicitation: {
    kind: 'yes-no',
    label: 'la ressemblance avec une publicité',
    yes: 'le message ressemble à une publicité',
    no: 'le message ne ressemble pas à une publicité',
  },
  looksLikeJobSearch: {
    kind: 'yes-no',
    label: 'la ressemblance avec une recherche d’emploi',
    yes: 'le message ressemble à une recherche d’emploi',
    no: 'le message ne ressemble pas à une recherche d’emploi',
  },
  outcome: { kind: 'choice', label: 'la décision', values: OUTCOMES, after: true },
  mainKind: { kind: 'choice', label: 'le partenaire principal', values: KIND_WORDS, after: true },
  mainDeclaresNeed: {
    kind: 'choice',
    label: 'la place du besoin chez le partenaire principal',
    values: {
      direct: 'dans ses missions',
      fallback: 'à défaut d’un autre guichet',
      none: 'hors de ses missions écrites',
    },
    after: true,
  },
  stageFits: {
    kind: 'yes-no',
    label: 'l’accord entre l’avancement et le partenaire principal',
    yes: 'le partenaire principal accompagne à ce stade d’avancement',
    no: 'le partenaire principal accompagne plutôt à un autre stade d’avancement',
    after: true,
  },
  lead: { kind: 'number', label: 'l’avance du partenaire principal', unit: 'points', after: true },
} as const satisfies Record<string, FactRow>;

export type FactId = keyof typeof FACTS;
export const FACT_IDS = Object.keys(FACTS) as FactId[];
