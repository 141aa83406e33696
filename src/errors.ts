/** The same words in French and in English (domain/territory/language.ts, which this file does not know). */
export type ErrorWords = Readonly<{ fr: string; en: string }>;

/**
 * Errors that people may cause and that we know how to answer. Each carries its own HTTP status, title and message; the
 * one error handler (web/middleware/showError.ts) shows them. Anything else is a fault of ours: status 500.
 * A message in French alone is for staff: whoever reads English gets that of the class instead.
 */
export class KnownError extends Error {
  readonly words: { title: ErrorWords; message: ErrorWords };

  constructor(
    readonly status: number,
    title: ErrorWords,
    message: ErrorWords | string,
    otherwise: string,
  ) {
    const words = typeof message === 'string' ? { fr: message, en: otherwise } : message;
    super(words.fr);
    this.name = new.target.name;
    this.words = { title, message: words };
  }
}

const ELSEWHERE: ErrorWords = {
  fr: 'Vérifiez l’adresse, ou repartez de la page d’accueil.',
  en: 'Check the address, or start again from the home page.',
};

/** Thrown when an address leads nowhere, or to something that the reader may not know of. */
export class NotFound extends KnownError {
  constructor(message: ErrorWords | string = ELSEWHERE) {
    super(404, { fr: 'Cette page n’existe pas', en: 'This page does not exist' }, message, ELSEWHERE.en);
  }
}

/** Thrown when a link was good once and no longer is. The message says what to do now. */
export class Gone extends KnownError {
  constructor(message: ErrorWords | string) {
    super(410, { fr: 'Ce lien ne sert plus', en: 'This link is no longer in use' }, message, ELSEWHERE.en);
  }
}

/** Thrown when a form comes back too late, or from another site. */
export class Expired extends KnownError {
  constructor() {
    const message = {
      fr: 'Cette page est restée ouverte trop longtemps. Revenez en arrière, rechargez-la et recommencez.',
      en: 'This page has been open for too long. Go back, reload it and try again.',
    };
    super(403, { fr: 'Cette page a expiré', en: 'This page has expired' }, message, message.en);
  }
}

/** Thrown when a signed-in person asks for what the table of access does not allow. */
export class Forbidden extends KnownError {
  constructor(
    message = 'Votre compte ne donne pas accès à cette page. Demandez-le à la personne qui gère les comptes.',
  ) {
    const otherwise = 'Your account may not open this page. Ask the person who looks after accounts.';
    super(403, { fr: 'Accès réservé', en: 'Restricted access' }, message, otherwise);
  }
}

/** Thrown when an act comes too late: somebody else changed the referral in between. The message says who. */
export class Conflict extends KnownError {
  constructor(message: ErrorWords | string) {
    const otherwise = 'Your project has changed in the meantime. Go back to see where it stands.';
    super(409, { fr: 'La situation a changé', en: 'Things have changed' }, message, otherwise);
  }
}

/** Thrown when something was done too often from one address or for one e-mail. The answer says when to try again (Retry-After). */
export class TooMany extends KnownError {
  constructor(
    /** Seconds until trying again helps. */
    readonly retryInSeconds: number,
    title = 'Trop d’envois à la suite',
    message?: string,
  ) {
    const { fr, en } = waitInWords(retryInSeconds);
    const both = {
      fr: message ?? `Réessayez dans ${fr}. Vos réponses sont gardées.`,
      en: `Try again in ${en}. Your answers are kept.`,
    };
    super(429, { fr: title, en: 'Too many attempts in a row' }, both, both.en);
  }
}

/** "3 minutes", "2 heures": rounded up, so that trying then works. */
const waitInWords = (seconds: number): ErrorWords => {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const inMinutes = minutes <= 90;
  const count = inMinutes ? minutes : Math.ceil(minutes / 60);
  const of = (unit: string): string => `${count}\u00a0${unit}${count > 1 ? 's' : ''}`;
  return { fr: of(inMinutes ? 'minute' : 'heure'), en: of(inMinutes ? 'minute' : 'hour') };
};

/**
 * Thrown when what a page needs is away, hangs or takes too long: the store, most often. The page says when to try again
 * (Retry-After) and holds what was sent, to be sent again.
 */
export class Unavailable extends KnownError {
  /** Seconds until trying again may help. */
  readonly retryInSeconds = 30;

  constructor(because?: unknown) {
    const message = {
      fr: 'Un incident nous empêche d’enregistrer ou de lire les dossiers. Réessayez dans une minute.',
      en: 'A fault prevents us from recording or reading projects. Please try again in a minute.',
    };
    const title = {
      fr: 'Ce service est indisponible pour le moment',
      en: 'This service is unavailable for the moment',
    };
    super(503, title, message, message.en);
    this.cause = because;
  }
}

/** Thrown when a form holds what cannot be accepted and no page can show it field by field. */
export class Invalid extends KnownError {
  constructor(message: ErrorWords | string) {
    const otherwise = 'An answer is missing or cannot be read. Go back and check the form.';
    super(422, { fr: 'Quelque chose manque', en: 'Something is missing' }, message, otherwise);
  }
}

/** Thrown when settings or data files cannot be used; shown at start, never to visitors. */
export class BadSettings extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadSettings';
  }
}
