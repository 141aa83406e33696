import type { Territory } from '../territory/territory.js';
import { aboutPartners } from './aboutPartners.js';
import { compileRuleset } from './compileRuleset.js';
import { NEED_WORDS } from './factTable.js';
import { answersInWords, EXAMPLES, type Finding, listed } from './finding.js';
import type { Doubt, Gate, Rule, Ruleset } from './rule.js';
import { type BesideWalk, walkBeside } from './walkBeside.js';
import { type MainWalk, type RowRecord, type Unsent, walkMain } from './walkMain.js';
import { quoted, typeset } from './wording.js';

export type { Finding } from './finding.js';

/**
 * What a manager should know before publishing a ruleset: rows that can never hold, rules whose points never change
 * anything, rules that tie, answers that no rule covers or that a person will have to orient, partners and missions that
 * no rule reaches. Errors first. Some seconds: every combination of answers that can matter to the main partner is tried
 * (`exact`), and a fixed sample for the associated partners. Takes a ruleset that validateRuleset accepts.
 */
export function analyse(ruleset: Ruleset, territory: Territory): Finding[] {
  const steps = analysing(ruleset, territory);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, with a pause every few milliseconds: for a process that answers pages meanwhile. */
export function* analysing(ruleset: Ruleset, territory: Territory): Generator<void, Finding[]> {
  const compiled = compileRuleset(ruleset, territory);
  const walk = yield* walkMain(compiled);
  const beside = yield* walkBeside(compiled);
  const findings = [
    ...ruleset.gates.flatMap((gate) => aboutGate(gate, walk)),
    ...ruleset.rules.flatMap((rule) => (rule.role === 'main' ? aboutRule(rule, walk) : aboutBeside(rule, beside))),
    ...ruleset.doubts.flatMap((doubt) => aboutDoubt(doubt, walk)),
    ...aboutTies(walk, ruleset),
    ...aboutCover(walk),
    ...[...walk.unsent.values()].flatMap((unsent) => aboutUnsent(unsent, walk)),
    ...aboutPartners(compiled, walk, beside),
  ];
  const order = ['error', 'warning', 'info'];
  return findings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

const recordOf = (id: string, { rows }: MainWalk): RowRecord | undefined => rows.get(id);

function aboutGate({ id, label }: Gate, walk: MainWalk): Finding[] {
  const record = recordOf(id, walk);
  if (!record || record.decided) return [];
  const base = { level: 'error', rule: id, exact: walk.isExact } as const;
  if (!record.held) return [{ ...base, check: 'never-fires', text: neverHolds(label) }];
  const text = `La règle ${quoted(label)} ne décide jamais : chaque fois qu’elle se vérifie, une règle placée avant elle a déjà décidé.`;
  return [{ ...base, check: 'shadowed', text: typeset(text) }];
}

const neverHolds = (label: string): string =>
  `La règle ${quoted(label)} ne peut jamais se vérifier. Ses conditions se contredisent.`;

function aboutRule({ id, label }: Rule, walk: MainWalk): Finding[] {
  const record = recordOf(id, walk);
  if (!record || record.decided) return [];
  const base = { rule: id, exact: walk.isExact } as const;
  if (!record.held) return [{ ...base, level: 'error', check: 'never-fires', text: neverHolds(label) }];
  if (!record.designated) {
    const text = `La règle ${quoted(label)} se vérifie parfois, mais ne désigne jamais de partenaire.`;
    return [{ ...base, level: 'error', check: 'never-fires', text }];
  }
  if (record.confirmed) {
    const text = `La règle ${quoted(label)} confirme parfois le partenaire choisi, mais ne change jamais ce choix.`;
    return [{ ...base, level: 'info', check: 'only-confirms', text }];
  }
  const text = `La règle ${quoted(label)} est toujours dominée : un autre partenaire a chaque fois plus de points.`;
  return [{ ...base, level: 'warning', check: 'shadowed', text: typeset(text) }];
}

function aboutBeside({ id, label }: Rule, { fired }: BesideWalk): Finding[] {
  if (fired.has(id)) return [];
  const text = `La règle ${quoted(label)} n’a désigné aucun partenaire associé dans notre échantillon de réponses.`;
  return [{ level: 'warning', check: 'never-fires', rule: id, exact: false, text }];
}

function aboutDoubt({ id, label }: Doubt, walk: MainWalk): Finding[] {
  if (recordOf(id, walk)?.held) return [];
  const text = `Le doute ${quoted(label)} n’a jamais lieu avec ces règles.`;
  return [{ level: 'info', check: 'never-fires', rule: id, exact: walk.isExact, text }];
}

function aboutTies({ ties, isExact }: MainWalk, { rules }: Ruleset): Finding[] {
  const labelOf = (id: string): string => quoted(rules.find((rule) => rule.id === id)?.label ?? id);
  return [...ties.values()].map(({ rules: [first, second], settled, examples }) => ({
    level: settled ? 'info' : 'warning',
    check: 'tie',
    rule: first,
    exact: isExact,
    text: typeset(
      `Les règles ${labelOf(first)} et ${labelOf(second)} donnent parfois autant de points à deux partenaires : ` +
        (settled ? 'leurs missions les départagent.' : 'une personne doit alors choisir.'),
    ),
    examples: examples.map(answersInWords),
  }));
}

/** Needs that no rule covers in a place of the perimeter: always (error), or for some answers only (warning). */
function aboutCover({ covered, isExact }: MainWalk): Finding[] {
  const rows = [...covered.values()].filter(({ without }) => without > 0);
  const needs = [...new Set(rows.map(({ need }) => need))];
  return needs.flatMap((need) =>
    (['error', 'warning'] as const).flatMap((level): Finding[] => {
      const isWhole = level === 'error';
      const places = rows.filter((row) => row.need === need && (row.without === row.count) === isWhole);
      if (places.length === 0) return [];
      const where = listed(places.map(({ place }) => place));
      const when = isWhole ? '' : ', pour certaines réponses';
      const text = `Aucune règle ne donne de partenaire au besoin ${quoted(NEED_WORDS[need])}${when} : ${where}.`;
      return [{ level, check: 'not-covered', exact: isExact, text: typeset(text) }];
    }),
  );
}

function aboutUnsent({ need, gate, cause, count, places, examples }: Unsent, walk: MainWalk): Finding[] {
  if (cause === 'no-rule' && places.size > 0) return [];
  const percent = (100 * count) / walk.combinations;
  const share = percent < 0.1 ? 'moins de 0,1' : String(Math.round(percent * 10) / 10).replace('.', ',');
  const what = gate ? `La règle ${quoted(gate.label)}` : `Le besoin ${quoted(need === null ? '' : NEED_WORDS[need])}`;
  const why = {
    gate: 'envoie à une personne',
    'no-rule': 'hors du territoire, est sans règle pour',
    tie: 'laisse deux partenaires à égalité pour',
    'low-confidence': 'laisse trop de doutes, et va donc à une personne, pour',
  }[cause];
  const base = {
    check: 'triage',
    exact: walk.isExact,
    examples: examples.slice(0, EXAMPLES).map(answersInWords),
  } as const;
  const text = typeset(`${what} ${why} ${share} % des combinaisons de réponses.`);
  return [{ ...base, level: 'info', text, ...(gate ? { rule: gate.id } : {}) }];
}
