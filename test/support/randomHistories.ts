import type { Project, ProjectEvent } from '../../src/domain/referrals/referral.js';
import type { Outcome } from '../../src/domain/routing/decision.js';
import { type Chance, chanceOf } from '../../src/services/demonstration/chance.js';
import { aProject } from './stories.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

export const COMMUNES = ['63113', '63300', '63430', '43157', '75056', null];
export const NEEDS = ['business-creation', 'export', 'industrial-land', 'skills', null] as const;
export const STAGES = ['creation', 'idea', null] as const;
export const CHANNELS = ['salon-2026', 'guichet', null];
export const PARTNERS = ['cci-puy-de-dome', 'ti-riom-vichy', 'ti-tiltam', 'clermont-auvergne-metropole'];
/** Managers name rules as they like. */
const RULES = ['rule.one', '$two', 'three|3'];

export interface History {
  projects: Project[];
  /** In the order in which they were written down. */
  events: ProjectEvent[];
}

type State = 'triage' | 'waiting' | 'taken' | 'ended' | 'over';
type Next = [type: ProjectEvent['type'], then: State, traits?: Partial<ProjectEvent>];

/** What may happen next, with made-up codes; a withdrawal ends everything. */
const nextActs = (state: State, partner: string): Next[] => {
  switch (state) {
    case 'triage':
      return [
        ['referred', 'waiting', { actor: { role: 'manager', account: 'm' }, reason: 'rules-wrong' }],
        ['referred', 'waiting', { actor: { role: 'manager', account: 'm' } }],
        ['closed-in-triage', 'over', { reason: 'no-partner' }],
      ];
    case 'waiting':
      return [
        ['taken', 'taken'],
        ['taken', 'taken'],
        ['taken', 'taken'],
        ['declined', 'triage', { reason: 'other-need' }],
        ['declined', 'triage', { reason: 'duplicate' }],
        ['rerouted', 'triage', { to: partner }],
        ['expired', 'triage'],
        ['detail-asked', 'waiting'],
        ['brought-in', 'waiting', { to: partner }],
        ['withdrawn', 'over', { after: 'withdrawn' }],
      ];
    case 'taken':
      return [
        ['closed', 'ended', { after: 'helped' }],
        ['closed', 'ended', { after: 'helped' }],
        ['closed', 'ended', { after: 'no_solution' }],
        ['closed', 'ended', { after: 'unreachable' }],
        ['released', 'waiting'],
        ['declined', 'triage', { reason: 'other-place' }],
        ['rerouted', 'triage', { to: partner }],
        ['message-added', 'taken'],
      ];
    case 'ended':
      return [
        ['surveyed', 'ended', { after: 'yes:yes' }],
        ['surveyed', 'ended', { after: 'no:partly' }],
        ['became', 'ended', { after: 'launched' }],
        ['became', 'over', { after: 'stopped' }],
        ['reopened', 'taken'],
      ];
    case 'over':
      return [];
  }
};

const pick = <Value>(chance: Chance, values: readonly Value[]): Value => chance.pick(values);

/** Mostly at once; after an outage some hours later, and now and then long after. */
const writtenDown = (chance: Chance, at: Date): Date => {
  const late = pick(chance, [0, 0, 0, 0, 0, 0, 0, 0, 2, 30]);
  return new Date(at.getTime() + late * HOUR + chance.between(0, 5000));
};

const aRandomProject = (chance: Chance, number: number, submittedAt: Date): Project => {
  const outcome = pick<Outcome>(chance, [
    'routed',
    'routed',
    'routed',
    'routed',
    'triage',
    'out_of_territory',
    'rejected',
  ]);
  const main = outcome === 'routed' ? pick(chance, PARTNERS) : null;
  const need = pick(chance, NEEDS);
  const rule = { rule: pick(chance, RULES), verdict: 'true', role: 'main', partner: main, points: 1 } as never;
  return aProject({
    id: `p${number}`,
    reference: `26-${String(number).padStart(5, '0')}`,
    submittedAt,
    channel: pick(chance, CHANNELS),
    facts: { commune: pick(chance, COMMUNES), needs: need ? [need] : [], stage: pick(chance, STAGES) },
    decision: { outcome, main, trace: main ? [rule] : [] },
  });
};

/** So many projects of half a year from `from` on, and some 2 000 events in all, whatever order they make sense in. */
export const randomHistory = (seed: number, from: Date, { projects, events }: { projects: number; events: number }) => {
  const chance = chanceOf(`history ${seed}`);
  const history: History = { projects: [], events: [] };
  const lives = Array.from({ length: projects }, (_, number) => {
    const at = new Date(from.getTime() + chance.between(0, 180 * DAY));
    const project = aRandomProject(chance, number, at);
    history.projects.push(project);
    const state = (project.decision.outcome === 'routed' ? 'waiting' : 'triage') as State;
    return { project, state, at, referral: 0, partner: project.decision.main };
  });
  const write = (
    life: (typeof lives)[number],
    type: ProjectEvent['type'],
    traits: Partial<ProjectEvent> = {},
  ): void => {
    const isFirst = type === 'submitted';
    history.events.push({
      id: `e${history.events.length}`,
      project: life.project.id,
      referral: isFirst ? null : `${life.project.id}-r${life.referral}`,
      partner: isFirst ? null : life.partner,
      type,
      at: life.at,
      recordedAt: writtenDown(chance, life.at),
      actor: { role: 'system', account: null },
      before: null,
      after: null,
      reason: null,
      note: null,
      ...traits,
    });
  };
  for (const life of lives) {
    write(life, 'submitted');
    if (life.state === 'waiting') write(life, 'referred');
  }
  for (
    let left = lives;
    history.events.length < events && left.length > 0;
    left = lives.filter((one) => one.state !== 'over')
  ) {
    const life = pick(chance, left);
    const [type, then, traits] = pick(chance, nextActs(life.state, pick(chance, PARTNERS)));
    life.at = new Date(life.at.getTime() + HOUR + chance.between(0, 30 * DAY));
    if (type === 'referred') {
      life.referral += 1;
      life.partner = pick(chance, PARTNERS);
    }
    life.state = then;
    write(life, type, traits);
  }
  const when = ({ recordedAt }: ProjectEvent): number => recordedAt?.getTime() ?? 0;
  history.events.sort((a, b) => when(a) - when(b));
  return history;
};
