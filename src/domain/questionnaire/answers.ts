import type { Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { HolderKind } from './facts.js';

/** What a project holder has answered so far, step by step. A step that was never sent is absent. */
export interface Answers {
  besoins?: { needs: (Need | 'unknown')[] };
  'besoin-principal'?: { mainNeed: Need };
  avancement?: { stage: Stage | 'unknown' };
  vous?: { holderKind: HolderKind };
  /** `place` is the name of the commune; `commune` its INSEE code, null outside France. */
  lieu?: { place: string; commune: string | null; abroad: boolean };
  activite?: { sector: string; otherSector?: string; headcount: number | null };
  projet?: { title: string; summary: string };
  contact?: { name: string; organisation: string | null; email: string; phone: string | null; consent: 'yes' };
}

/** French, because it is also the address of the step: /projet/besoins. */
export type StepSlug = keyof Answers;

/** The needs chosen, without "je ne sais pas encore". */
export const chosenNeeds = (answers: Answers): Need[] =>
  (answers.besoins?.needs ?? []).filter((need): need is Need => need !== 'unknown');
