import type { Step } from '../step.js';
import { activite } from './activite.js';
import { avancement } from './avancement.js';
import { besoinPrincipal } from './besoin-principal.js';
import { besoins } from './besoins.js';
import { contact } from './contact.js';
import { dejaEnContact } from './deja-en-contact.js';
import { entreprise } from './entreprise.js';
import { lieu } from './lieu.js';
import { projet } from './projet.js';
import { vous } from './vous.js';

/**
 * The questionnaire, in the order in which it is asked: what you need, where you stand, who and where you are, and only
 * then your words and your name. journey.ts derives everything else from this order and from the answers.
 * Change `QUESTIONNAIRE_VERSION` whenever a question, a choice or its wording changes: projects keep the version they saw.
 */
export const QUESTIONNAIRE_VERSION = '2026-12';

export const STEPS: readonly Step[] = [
  besoins,
  besoinPrincipal,
  avancement,
  vous,
  lieu,
  activite,
  projet,
  entreprise,
  dejaEnContact,
  contact,
];

/** The step at this address, or undefined. */
export const stepOf = (slug: string): Step | undefined => STEPS.find((step) => step.slug === slug);
