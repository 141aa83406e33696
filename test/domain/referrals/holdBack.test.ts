import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { FLAGS, holdsBack, isTooFast, looksUnwanted } from '../../../src/domain/referrals/flags.js';
import { holdBack } from '../../../src/domain/referrals/holdBack.js';
import type { Flag } from '../../../src/domain/referrals/referral.js';
import { whyUndecided } from '../../../src/domain/referrals/whyUndecided.js';
import { HELD_BACK } from '../../../src/domain/routing/decision.js';
import { explainForHolder } from '../../../src/domain/routing/explain.js';
import { reasonsInEnglish } from '../../../src/domain/routing/reasonsInEnglish.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

const territory = loadTerritory();
const decide = (facts = aSubmission().facts) => routeProject(facts, DEFAULT_RULESET, territory);
const ALL = Object.keys(FLAGS) as Flag[];

describe('holding back', () => {
  it.each(['honeypot', 'too-fast'] as const)('%s sends to triage what the rules would send to a partner', (flag) => {
    const routed = decide();
    const held = holdBack(routed, [flag]);
    expect(routed).toMatchObject({ outcome: 'routed', main: 'ti-tiltam' });
    expect(held).toMatchObject({ outcome: 'triage', main: null });
    expect(held.others[0]).toMatchObject({ partner: 'ti-tiltam' });
    expect(held.others[0]?.points).toBeGreaterThan(0);
    expect(held.trace.slice(0, -1)).toEqual(routed.trace);
    expect(held.trace.at(-1)).toMatchObject({ rule: HELD_BACK, conditions: [{ text: FLAGS[flag].label }] });
  });

  it('says to the holder that a person reads it first, and keeps who else may help', () => {
    const routed = decide();
    const told = explainForHolder(holdBack(routed, ['honeypot']), territory);
    expect(told.why).toEqual([
      'Une personne lit d’abord votre projet, puis choisit avec vous le partenaire le plus utile.',
    ]);
    expect(told.partner).toBeNull();
    expect(told.alsoHelp).toEqual(explainForHolder(routed, territory).alsoHelp);
  });

  it('says so in English and to managers', () => {
    const flags: Flag[] = ['too-fast', 'sent-again'];
    const project = { facts: aSubmission().facts, decision: holdBack(decide(), flags), flags };
    const reasons = reasonsInEnglish(project, territory);
    expect(reasons[0]).toBe('A person reads your project first, then chooses with you the partner who can help most.');
    expect(reasons).toHaveLength(1 + project.decision.associated.length);
    expect(whyUndecided(project)).toBe('À lire avant tout envoi à un partenaire : envoi très rapide.');
  });

  it('leaves alone what no flag holds back, and what goes to no partner anyway', () => {
    const routed = decide();
    expect(holdBack(routed, [])).toBe(routed);
    expect(
      holdBack(
        routed,
        ALL.filter((flag) => !holdsBack(flag)),
      ),
    ).toBe(routed);
    const undecided = decide(anUndecidedSubmission().facts);
    expect(undecided.outcome).not.toBe('routed');
    expect(holdBack(undecided, ALL)).toBe(undecided);
  });
});

describe('the minimum time', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  it.each([
    ['2026-11-23T10:00:00Z', true],
    ['2026-11-23T09:59:41Z', true],
    ['2026-11-23T09:59:40Z', false],
    ['2026-10-30T10:00:00Z', false],
  ])('begun at %s: too fast is %s', (startedAt, expected) => {
    expect(isTooFast(new Date(startedAt), now, 20)).toBe(expected);
  });

  it('is not held against an unknown beginning, and may be lifted', () => {
    expect(isTooFast(null, now, 20)).toBe(false);
    expect(isTooFast(now, now, 0)).toBe(false);
  });
});

describe('an unwanted text', () => {
  const offer = {
    title: 'Offre de prêt',
    summary: 'Offre de prêt entre particulier, crédit rapide, répondez vite.',
    sector: null,
  };
  it('is one that looks like it and goes to no partner', () => {
    expect(looksUnwanted({ outcome: 'rejected' }, offer)).toBe(true);
    expect(looksUnwanted({ outcome: 'triage' }, offer)).toBe(true);
    expect(looksUnwanted({ outcome: 'routed' }, offer)).toBe(false);
    expect(looksUnwanted({ outcome: 'out_of_territory' }, offer)).toBe(false);
    expect(looksUnwanted({ outcome: 'triage' }, anUndecidedSubmission().facts)).toBe(false);
  });
});
