import type { RoutingFacts } from './facts.js';

export type Language = 'fr' | 'en';

/** One question as it was asked and answered that day: codes for machines, wording for people. */
export interface AskedAnswer {
  step: string;
  field: string;
  question: string;
  /** The code or the typed value; a list for several choices; null when left empty. */
  value: string | string[] | null;
  /** The answer in words, as "check your answers" showed it. */
  answer: string;
}

/** How to reach the project holder. Personal data: never in events, logs or jobs. */
export interface Contact {
  name: string;
  email: string;
  /** French numbers as "06 12 34 56 78"; null when not given. */
  phone: string | null;
}

/** A completed questionnaire: what `submitProject` takes, and what a project keeps for ever as it was asked. */
export interface Submission {
  questionnaireVersion: string;
  language: Language;
  facts: RoutingFacts;
  /** Name of the company, association, town hall… or null. */
  organisation: string | null;
  contact: Contact;
  answers: AskedAnswer[];
}
