import type { Language } from '../territory/language.js';

/** A questionnaire under way, or the trace of one that was sent. */
export interface Draft {
  id: string;
  /** Step by step; empty once it was sent. */
  answers: object;
  /** Code of the entry channel (`?via=`); null when there was none. */
  channel: string | null;
  /** Of who asked for a link to resume later, else null. */
  email: string | null;
  language: Language;
  startedAt: Date;
  /** The last answer, or the sending. */
  updatedAt: Date;
  /** The project that it became; null while it is under way. */
  lastProject: string | null;
}
