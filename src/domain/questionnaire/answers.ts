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
  projet?: { title: string; summary: string; link: string | null };
  /** Only asked of those who may have one. `siret`: fourteen figures. */
  entreprise?: { organisation: string | null; siret: string | null };
  /** Ids of partners, or `other`, or `none` alone. */
  'deja-en-contact'?: { partners: string[] };
  /** `email` is null for somebody without one, whose project a member of staff enters: there is a telephone then. */
  contact?: { name: string; email: string | null; phone: string | null; when: CallTime[]; consent: 'yes' };
}

/** When a person would rather be called: morning 9 to 12, midday 12 to 14, afternoon 14 to 18. */
export type CallTime = 'morning' | 'midday' | 'afternoon';

/** French, because it is also the address of the step: /projet/besoins. */
export type StepSlug = keyof Answers;

/** The needs chosen, without "je ne sais pas encore". */
export const chosenNeeds = (answers: Answers): Need[] =>
  (answers.besoins?.needs ?? []).filter((need): need is Need => need !== 'unknown');
