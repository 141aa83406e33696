import { NEED_IDS, type Need } from '../territory/needs.js';
import { STAGE_IDS } from '../territory/stages.js';
import type { Partner, Territory } from '../territory/territory.js';
import { type CompiledRuleset, compileRuleset } from './compileRuleset.js';
import type { HolderKind, Outcome, RoutingFacts } from './decision.js';
import { everyPlace } from './everyPlace.js';
import { HOLDER_WORDS, NEED_WORDS, STAGE_WORDS } from './factTable.js';
import type { Ruleset } from './rule.js';
import { classifySector } from './sectors.js';
import { type Settled, settleMain } from './settle.js';
import { partnerName, quoted } from './wording.js';

/** A change of answers that would have changed the main partner. */
export interface WouldChange {
  /** "Si le besoin principal était « gestion de l’eau », le projet irait à …" */
  text: string;
  /** How many answers change: 1 or 2. */
  answers: number;
  outcome: Outcome;
  /** Partner id; null when nobody of the territory would follow the project. */
  main: string | null;
}

/** Another answer to one question; `text` follows "Si": "l’avancement était « Une idée »". */
interface Other {
  question: string;
  start: string;
  value: string;
  facts: Partial<RoutingFacts>;
}

/** How many changes are told. */
const SHOWN = 8;

/**
 * The smallest changes of answers that would have changed the main partner: of one answer, else of two. Answers that lead
 * to the same place are told together. Takes what was decided on and the ruleset that decided; some 2 ms. Sectors are
 * tried by class, communes by kind of place: no other answer can matter to a rule.
 */
export function whatWouldChange(facts: RoutingFacts, ruleset: Ruleset, territory: Territory): WouldChange[] {
  const compiled = compileRuleset(ruleset, territory);
  const now = destinationOf(settleWith(facts, compiled));
  const others = otherAnswers(facts, territory);
  const changing = others
    .map((other): Change => ({ others: [other], settled: settleWith({ ...facts, ...other.facts }, compiled) }))
    .filter(({ settled }) => destinationOf(settled) !== now);
  return told(changing.length > 0 ? changing : changesOfTwo(facts, others, now, compiled));
}

interface Change {
  others: Other[];
  settled: Settled;
}

const settleWith = (facts: RoutingFacts, compiled: CompiledRuleset): Settled =>
  settleMain(compiled.read(facts), compiled, null);

const destinationOf = ({ main, outcome }: Settled): string => main?.id ?? outcome;

/** Two answers at once; stops at as many as are told, because there may be thousands. */
function changesOfTwo(facts: RoutingFacts, others: Other[], now: string, compiled: CompiledRuleset): Change[] {
  const found: Change[] = [];
  let tried = 0;
  for (const [i, one] of others.entries()) {
    for (const two of others.slice(i + 1)) {
      if (two.question === one.question) continue;
      if (found.length === SHOWN || tried === MOST) return found;
      tried += 1;
      const settled = settleWith({ ...facts, ...one.facts, ...two.facts }, compiled);
      if (destinationOf(settled) !== now) found.push({ others: [one, two], settled });
    }
  }
  return found;
}

/** Pairs of answers that are tried, so that it never takes long. */
const MOST = 1000;

function otherAnswers(facts: RoutingFacts, territory: Territory): Other[] {
  const sector = classifySector(facts.sector);
  const sectors: [string, string | null, string][] = [
    ['manufacturing', 'fabrication', 'de la fabrication'],
    ['other', 'services', 'autre que de la fabrication'],
  ];
  const here = facts.commune === null ? null : (territory.commune(facts.commune) ?? null);
  return [
    ...sectors
      .filter(([id]) => id !== sector)
      .map(([, text, words]) => other('sector', 'l’activité était', words, { sector: text })),
    ...STAGE_IDS.filter((id) => id !== facts.stage).map((stage) =>
      other('stage', 'l’avancement était', quoted(STAGE_WORDS[stage]), { stage }),
    ),
    ...(Object.keys(HOLDER_WORDS) as HolderKind[])
      .filter((id) => id !== facts.holderKind)
      .map((kind) => other('holder', 'le profil était', quoted(HOLDER_WORDS[kind]!), { holderKind: kind })),
    ...everyPlace(territory)
      .filter(({ profile, commune }) => profile.epci !== null && commune.epci !== here?.epci)
      .map(({ commune, label }) => other('commune', 'la commune était', label, { commune: commune.code })),
    ...NEED_IDS.filter((need) => need !== facts.needs[0]).map((need) =>
      other('need', 'le besoin principal était', quoted(NEED_WORDS[need]), { needs: withMain(need, facts.needs) }),
    ),
  ];
}

const other = (question: string, start: string, value: string, facts: Partial<RoutingFacts>): Other => ({
  question,
  start,
  value,
  facts,
});

/** A need already chosen becomes the first; another takes the place of the first. */
const withMain = (need: Need, needs: Need[]): Need[] =>
  needs.includes(need) ? [need, ...needs.filter((one) => one !== need)] : [need, ...needs.slice(1)];

function told(changes: Change[]): WouldChange[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.others.map(({ question }) => question).join('+')} ${destinationOf(change.settled)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].slice(0, SHOWN).map((group): WouldChange => {
    const { others, settled } = group[0]!;
    const start = others.map(({ start, value }, i) =>
      i === 0 && others.length === 1
        ? `${start} ${oneOf(group.map((one) => one.others[0]!.value))}`
        : `${start} ${value}`,
    );
    return {
      text: `Si ${start.join(' et si ')}, ${whereTo(settled)}.`,
      answers: others.length,
      outcome: settled.outcome,
      main: settled.main?.id ?? null,
    };
  });
}

function oneOf(values: string[]): string {
  const [first, second, third, ...more] = values;
  if (more.length > 0) return `${first}, ${second} ou ${more.length + 1} autres`;
  return third === undefined ? values.join(' ou ') : `${first}, ${second} ou ${third}`;
}

function whereTo({ main, outcome }: Settled): string {
  if (main !== null) return `le projet irait ${toPartner(main)}`;
  if (outcome === 'triage') return 'une personne choisirait à qui l’adresser';
  return outcome === 'rejected' ? 'la demande serait écartée' : 'le projet serait hors du territoire de ce service';
}

/** "à la CCI du Cher", "au Pôle …". */
function toPartner(partner: Partner): string {
  const name = partnerName(partner);
  return name.startsWith('le ') ? `au ${name.slice(3)}` : `à ${name}`;
}
