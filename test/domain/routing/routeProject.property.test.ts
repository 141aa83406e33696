import fc from 'fast-check';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { compileRuleset } from '../../../src/domain/routing/compileRuleset.js';
import type { HolderKind, RoutingFacts } from '../../../src/domain/routing/decision.js';
import { explainForAdvisor, explainForHolder } from '../../../src/domain/routing/explain.js';
import { HOLDER_WORDS } from '../../../src/domain/routing/factTable.js';
import { routeProject, routeQuietly } from '../../../src/domain/routing/routeProject.js';
import { NEED_IDS } from '../../../src/domain/territory/needs.js';
import { STAGE_IDS } from '../../../src/domain/territory/stages.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { someFacts } from './someFacts.js';

const territory = loadTerritory();
const decide = (facts: RoutingFacts) => routeProject(facts, DEFAULT_RULESET, territory);
const codes = territory.communes.map(({ code }) => code);
const inside = codes.filter((code) => territory.commune(code)?.epci !== null);

const anyText = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.constantFrom('forge', 'votre site', 'mon CV', ''),
);
const anyFacts: fc.Arbitrary<RoutingFacts> = fc.record({
  needs: fc.uniqueArray(fc.constantFrom(...NEED_IDS), { maxLength: 26 }),
  stage: fc.option(fc.constantFrom(...STAGE_IDS)),
  commune: fc.option(fc.oneof(fc.constantFrom(...inside), fc.constantFrom(...codes), fc.string())),
  holderKind: fc.option(fc.constantFrom(...(Object.keys(HOLDER_WORDS) as HolderKind[]))),
  sector: fc.option(anyText),
  headcount: fc.option(fc.oneof(fc.integer(), fc.double())),
  title: anyText,
  summary: anyText,
});

/** Deciding without telling is quick enough to try everything. */
const compiled = compileRuleset(DEFAULT_RULESET, territory);
const quietly = (facts: RoutingFacts) => routeQuietly(facts, compiled);
const mainOf = (facts: RoutingFacts) => {
  const { outcome, main } = quietly(facts);
  return main ?? outcome;
};

describe('what must not change the main partner', () => {
  test('the order of the needs after the main one', () => {
    fc.assert(
      fc.property(anyFacts, fc.infiniteStream(fc.nat()), (facts, draws) => {
        const [first, ...others] = facts.needs;
        const shuffled = others.map((need) => ({ need, at: draws.next().value as number })).sort((a, b) => a.at - b.at);
        const needs = first === undefined ? [] : [first, ...shuffled.map(({ need }) => need)];
        expect(mainOf({ ...facts, needs })).toBe(mainOf(facts));
      }),
      { numRuns: 1000 },
    );
  });

  test('the title and the summary, once a need is chosen', () => {
    fc.assert(
      fc.property(anyFacts, anyText, anyText, (facts, title, summary) => {
        fc.pre(facts.needs.length > 0);
        expect(decide({ ...facts, title, summary })).toEqual(decide(facts));
      }),
      { numRuns: 500 },
    );
  });

  test('the holder’s name: routing does not read it', () => {
    const facts = { ...someFacts({ needs: ['water'], commune: '63430' }), name: 'Camille', holderName: 'Dominique' };
    expect(decide(facts)).toEqual(decide(someFacts({ needs: ['water'], commune: '63430' })));
  });

  test('another commune of the same EPCI, for every need and stage', () => {
    const within = new Map<string, Set<string>>();
    for (const code of inside) {
      const { epci, department } = territory.commune(code)!;
      for (const need of NEED_IDS) {
        for (const stage of STAGE_IDS) {
          const key = `${epci} ${department} ${need} ${stage}`;
          const main = mainOf(someFacts({ commune: code, needs: [need], stage }));
          within.set(key, (within.get(key) ?? new Set()).add(main));
        }
      }
    }
    expect([...within].filter(([, mains]) => mains.size !== 1)).toEqual([]);
    expect([...within.values()].filter((mains) => mains.has('out_of_territory'))).toEqual([]);
  });
});

test('the same input gives the same decision and the same trace, byte for byte, by any ruleset object', () => {
  const ruleset = structuredClone(DEFAULT_RULESET);
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(JSON.stringify(routeProject(facts, ruleset, territory))).toBe(JSON.stringify(decide(facts)));
    }),
    { numRuns: 500 },
  );
});

test('deciding without telling gives the same outcome, partners and confidence; 10 000 submissions never throw', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { outcome, main, associated, confidence } = decide(facts);
      const quiet = quietly(facts);
      if (JSON.stringify(quiet) !== JSON.stringify({ outcome, main, associated, confidence }))
        throw new Error('differs');
    }),
    { numRuns: 10_000 },
  );
});

describe('any answers', () => {
  test('have a decision, a reason, and only active partners', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decide(facts);
        expect(decision.reasons.length).toBeGreaterThan(0);
        expect(decision.outcome === 'routed').toBe(decision.main !== null);
        expect(decision.confidence).toBeGreaterThanOrEqual(0);
        expect(decision.confidence).toBeLessThanOrEqual(1);
        if (decision.main !== null) expect(territory.partner(decision.main)?.role).toBe('desk');
        for (const id of decision.associated) expect(territory.partner(id)?.role).toMatch(/desk|relay/);
        expect(decision.associated).not.toContain(decision.main);
        expect(decision.associated.length).toBeLessThanOrEqual(4);
        expect(new Set(decision.associated).size).toBe(decision.associated.length);
        const said = [...decision.reasons, ...decision.others.map((one) => one.why)].join(' ');
        expect(said).not.toMatch(/undefined|null|NaN|[{}]| [:;?!»]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('always have the same decision', () => {
    fc.assert(fc.property(anyFacts, (facts) => expect(decide(facts)).toEqual(decide(structuredClone(facts)))));
  });

  test('survive words that are not ours', () => {
    fc.assert(
      fc.property(anyFacts, fc.string(), (facts, word) => {
        const strange = { ...facts, needs: [word, ...facts.needs], stage: word, holderKind: word } as RoutingFacts;
        expect(decide(strange).reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  test('have an explanation for the holder and for the advisor', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decide(facts);
        const holder = explainForHolder(decision, territory);
        expect(holder.why.length).toBeGreaterThanOrEqual(1);
        expect(holder.why.length).toBeLessThanOrEqual(3);
        expect(holder.alsoHelp.every((one) => one.why !== '')).toBe(true);
        const advisor = explainForAdvisor(decision, territory);
        expect(advisor.points.filter((one) => one.chosen)).toHaveLength(decision.main === null ? 0 : 1);
      }),
    );
  });

  test('survive a trip through JSON, ruleset included', () => {
    const ruleset = JSON.parse(JSON.stringify(DEFAULT_RULESET));
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = routeProject(facts, ruleset, territory);
        expect(decision).toEqual(decide(facts));
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
      }),
    );
  });
});

test('every commune of France has an outcome and a reason, for one need after the other', () => {
  const counts: Record<string, number> = {};
  codes.forEach((commune, i) => {
    const decision = decide(someFacts({ commune, needs: [NEED_IDS[i % NEED_IDS.length]!], stage: 'growth' }));
    expect(decision.reasons[0]).toBeTruthy();
    counts[decision.outcome] = (counts[decision.outcome] ?? 0) + 1;
  });
  expect(Object.keys(counts).sort()).toEqual(['out_of_territory', 'routed']);
});

test('every EPCI of the perimeter is routed, for every need', () => {
  for (const { siren } of territory.epcis) {
    const commune = inside.find((code) => territory.commune(code)?.epci === siren)!;
    for (const need of NEED_IDS)
      expect(decide(someFacts({ commune, needs: [need], stage: 'growth' })).outcome).toBe('routed');
  }
});

test('a decision takes less than a millisecond, and its trace stays small', () => {
  const facts = someFacts({ commune: '63430', needs: ['water', 'energy', 'skills'], sector: 'forge', stage: 'growth' });
  const start = process.cpuUsage();
  for (let i = 0; i < 1000; i += 1) decide(facts);
  const { user, system } = process.cpuUsage(start);
  const each = (user + system) / 1_000_000;
  const size = JSON.stringify(decide(facts)).length;
  console.info(`decision: ${each.toFixed(3)} ms, ${size} characters`);
  expect(each).toBeLessThan(1);
  expect(size).toBeLessThan(30_000);
});
