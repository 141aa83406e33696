import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import type { Language } from '../territory/language.js';
import type { Partner } from '../territory/territory.js';
import type { AccountSituation, DraftSituation } from './conditions.js';
import type { Digest, DigestSection } from './digest.js';

/** What the words of an e-mail are made of, looked up at the moment of sending. */
export interface ProjectEmailFacts {
  about: 'project';
  project: Project;
  /** The referral that the e-mail is about; for an e-mail about a project, its latest one. */
  referral: Referral | null;
  /** The event that it answers; null when nothing happened to the project (a link sent again). */
  event: ProjectEvent | null;
  /** Name of the referral's partner. */
  partner: string | null;
  /** Name of the advisor who took it. */
  person: string | null;
  /** Name of the partner whose people acted: of a project sent on, where it comes from; empty when no partner did. */
  from: string;
  /** Name of who acted; empty when nobody of the desk did, or the account is gone. */
  actor: string;
  /** Everything that happened to the project, first to last. */
  story: ProjectEvent[];
  /** What the partner's lead adds to receipts, and when it is open; empty when nothing. */
  partnerWords: { receipt: string; hours: string };
  /** Name of the project's commune. */
  commune: string | null;
  /** Partners that may help instead. */
  helpers: Pick<Partner, 'name' | 'kind'>[];
  /** Why the decision is what it is, in the language of the e-mail; the first sentence is the receipt's. */
  reasons: string[];
  /** What the person who acted wrote with the act; empty when nothing. */
  words: string;
  language: Language;
  /** What happened just before and leaves in the same e-mail, in the language of the e-mail; first to last. */
  also: string[];
  /** Full address of the page that the button opens. */
  link: string;
  /** Full address of an act of the referral, filled in with an outcome. */
  actLinks: { helped: string; no_solution: string; unreachable: string };
  now: Date;
}

/** The same for an e-mail about a questionnaire that is not sent yet. */
export interface DraftEmailFacts extends DraftSituation {
  language: Language;
  link: string;
  now: Date;
}

/** The same for an e-mail about an account: staff read French. */
export interface AccountEmailFacts extends AccountSituation {
  language: Language;
  link: string;
  now: Date;
}
export type EmailFacts = ProjectEmailFacts | DraftEmailFacts | AccountEmailFacts;

/** Links beside the one button: acts of an advisor, that a page asks to confirm. */
export interface EmailLink {
  label: string;
  href: string;
}

/** Everything that a template may name; all in words, dates too. */
export type EmailValue = string | string[] | boolean | EmailLink[] | Digest['figures'] | DigestSection[];
export type EmailModel = { link: string } & Record<string, EmailValue>;

/** Throws when something that an e-mail names is not in the store yet: it is tried again later. */
export const known = <T>(value: T | null, what: string): T => {
  if (value === null) throw new Error(`The ${what} of this e-mail is not in the store yet`);
  return value;
};
