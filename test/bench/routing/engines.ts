import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { Engine as JsonRulesEngine, type TopLevelCondition } from 'json-rules-engine';
import type { Engine, Plain, PlainRow } from './translated.js';

/** json-rules-engine: one rule a row; the rows that hold are its events. */
export function jsonRulesEngine(rows: PlainRow[]): Engine {
  const engine = new JsonRulesEngine();
  const meets = (seen: string[] | null, wanted: string[]): boolean => wanted.some((one) => seen?.includes(one));
  engine.addOperator('meets', meets);
  engine.addOperator('misses', (seen: string[] | null, wanted: string[]) => !meets(seen, wanted));
  for (const { id, when } of rows)
    engine.addRule({ conditions: { all: [jsonCondition(when)] } as TopLevelCondition, event: { type: id } });
  return async (all) => {
    const held: string[][] = [];
    for (const facts of all) held.push((await engine.run(facts)).events.map(({ type }) => type));
    return held;
  };
}

const JSON_OPERATORS: Record<string, string> = { atLeast: 'greaterThanInclusive', atMost: 'lessThanInclusive' };

function jsonCondition(plain: Plain): unknown {
  if ('all' in plain) return { all: plain.all.map(jsonCondition) };
  if ('any' in plain) return { any: plain.any.map(jsonCondition) };
  return { fact: plain.fact, operator: JSON_OPERATORS[plain.test] ?? plain.test, value: plain.value };
}

/**
 * zen-engine: a decision table that collects, one row a rule. The fastest of the ways tried: content prepared once
 * (four times faster than a plain document), all cases at once, so that its own threads serve.
 */
export function zenEngine(rows: PlainRow[]): Engine {
  const content = new ZenDecisionContent({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in' },
      { id: 'rules', type: 'decisionTableNode', name: 'rules', content: tableOf(rows) },
      { id: 'out', type: 'outputNode', name: 'out' },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'rules' },
      { id: 'b', sourceId: 'rules', targetId: 'out' },
    ],
  });
  const decision = new ZenEngine().createDecision(content);
  return async (all) => {
    const responses = await Promise.all(all.map((facts) => decision.evaluate(facts)));
    return responses.map(({ result }) => (result as { rule: string }[]).map(({ rule }) => rule));
  };
}

const tableOf = (rows: PlainRow[]) => ({
  hitPolicy: 'collect',
  inputs: [{ id: 'when', name: 'when' }],
  outputs: [{ id: 'rule', name: 'rule', field: 'rule' }],
  rules: rows.map(({ id, when }) => ({ _id: id, when: zenCondition(when), rule: JSON.stringify(id) })),
});

function zenCondition(plain: Plain): string {
  if ('all' in plain) return `(${plain.all.map(zenCondition).join(' and ')})`;
  if ('any' in plain) return `(${plain.any.map(zenCondition).join(' or ')})`;
  const { test, fact } = plain;
  const value = JSON.stringify(plain.value);
  switch (test) {
    case 'equal':
      return `${fact} == ${value}`;
    case 'notEqual':
      return `${fact} != ${value}`;
    case 'in':
      return `${fact} in ${value}`;
    case 'notIn':
      return `${fact} not in ${value}`;
    case 'atLeast':
      return `${fact} >= ${value}`;
    case 'atMost':
      return `${fact} <= ${value}`;
    case 'meets':
      return `some(${fact}, # in ${value})`;
    case 'misses':
      return `none(${fact}, # in ${value})`;
  }
}
