import type { Partner } from '../territory/territory.js';
import type { CompiledRuleset } from './compileRuleset.js';
import { NEED_WORDS } from './factTable.js';
import { type Finding, listed } from './finding.js';
import type { BesideWalk } from './walkBeside.js';
import type { MainWalk } from './walkMain.js';
import { quoted, typeset } from './wording.js';

/** Partners and missions that no rule reaches. */
export function aboutPartners(
  { territory, desks }: CompiledRuleset,
  walk: MainWalk,
  { named, served }: BesideWalk,
): Finding[] {
  const findings: Finding[] = [];
  for (const partner of territory.partners) {
    if (partner.role === 'inactive') continue;
    const isReached = walk.reached.has(partner);
    if (desks.includes(partner) && !isReached) {
      const text = `${partner.name} n’est jamais le partenaire principal : aucune règle n’y mène.`;
      findings.push(notReached(partner, 'warning', walk.isExact, text));
    } else if (!isReached && !named.has(partner)) {
      const text = `${partner.name} n’est jamais associé à un projet dans notre échantillon de réponses.`;
      findings.push(notReached(partner, 'info', false, text));
    }
    const unused = partner.needs.filter((need) => !served.get(partner)?.has(need));
    if (!desks.includes(partner) || unused.length === 0) continue;
    const needs = listed(unused.map((need) => quoted(NEED_WORDS[need])));
    const text = `${partner.name} déclare des missions qu’aucune règle n’utilise : ${needs}.`;
    findings.push({
      level: 'info',
      check: 'competence-not-used',
      partner: partner.id,
      exact: false,
      text: typeset(text),
    });
  }
  return findings;
}

const notReached = ({ id }: Partner, level: Finding['level'], exact: boolean, text: string): Finding => ({
  level,
  check: 'partner-not-reached',
  partner: id,
  exact,
  text: typeset(text),
});
