import type { RoutingFacts } from '../../../src/domain/routing/decision.js';

/** Facts where nothing is known but what the test says. */
export const someFacts = (known: Partial<RoutingFacts> = {}): RoutingFacts => ({
  needs: [],
  stage: null,
  commune: null,
  holderKind: null,
  sector: null,
  headcount: null,
  title: '',
  summary: '',
  ...known,
});

/** One commune of each kind that the rules tell apart. */
export const COMMUNES = {
  Clermont: '63113',
  Chamalières: '63075',
  Thiers: '63430',
  Riom: '63300',
  Issoire: '63178',
  Vichy: '03310',
  Gannat: '03118',
  Brioude: '43040',
  Montbrison: '42147',
  VeyreMonton: '63455',
  Billom: '63040',
  SaintÉloy: '63338',
  Montluçon: '03185',
  LePuy: '43157',
  SaintÉtienne: '42218',
  Aurillac: '15014',
  Lyon: '69123',
  Paris: '75056',
  Limoges: '87085',
} as const;
