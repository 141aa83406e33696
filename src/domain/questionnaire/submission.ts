import type { Language } from '../territory/language.js';
import type { CallTime } from './answers.js';
import type { RoutingFacts } from './facts.js';

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
  /** Null for somebody without one, entered by staff: what we would write is said on the telephone. */
  email: string | null;
  /** French numbers as "06 12 34 56 78"; null when not given. */
  phone: string | null;
  /** When to call; empty: at any time. */
  when: CallTime[];
}

/** A completed questionnaire: what `submitProject` takes, and what a project keeps for ever as it was asked. */
export interface Submission {
  questionnaireVersion: string;
  language: Language;
  facts: RoutingFacts;
  /** Name of the company, association, town hall… or null. */
  organisation: string | null;
  /** Fourteen figures, checked by their key; null when there is none. Personal data of those who work alone. */
  siret: string | null;
  /** Address of a web page about the project, http or https; null when not given. */
  link: string | null;
  /** Ids of partners that the holder is in touch with already, and `other`. */
  inTouchWith: string[];
  contact: Contact;
  answers: AskedAnswer[];
}
