/**
 * Errors that people may cause and that we know how to answer. Each carries its own HTTP status and a French title; the
 * one error handler (web/middleware/showError.ts) shows them. Anything else is a fault of ours: status 500.
 */
export class KnownError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Thrown when an address leads nowhere, or to something that the reader may not know of. */
export class NotFound extends KnownError {
  constructor(message = 'Vérifiez l’adresse, ou repartez de la page d’accueil.') {
    super(404, 'Cette page n’existe pas', message);
  }
}

/** Thrown when a signed-in person asks for what the table of access does not allow. */
export class Forbidden extends KnownError {
  constructor(
    message = 'Votre compte ne donne pas accès à cette page. Demandez-le à la personne qui gère les comptes.',
  ) {
    super(403, 'Accès réservé', message);
  }
}

/** Thrown when an act comes too late: somebody else changed the referral in between. The message says who. */
export class Conflict extends KnownError {
  constructor(message: string) {
    super(409, 'La situation a changé', message);
  }
}

/** Thrown when something was done too often from one address or for one e-mail. The answer says when to try again (Retry-After). */
export class TooMany extends KnownError {
  constructor(
    /** Seconds until trying again helps. */
    readonly retryInSeconds: number,
    title = 'Trop d’envois à la suite',
    message = `Réessayez dans ${waitInFrench(retryInSeconds)}. Vos réponses sont gardées.`,
  ) {
    super(429, title, message);
  }
}

/** "3 minutes", "2 heures": rounded up, so that trying then works. */
const waitInFrench = (seconds: number): string => {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [count, unit] = minutes <= 90 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'heure'];
  return `${count}\u00a0${unit}${count > 1 ? 's' : ''}`;
};

/** Thrown when a form holds what cannot be accepted and no page can show it field by field. */
export class Invalid extends KnownError {
  constructor(message: string) {
    super(422, 'Quelque chose manque', message);
  }
}

/** Thrown when settings or data files cannot be used; shown at start, never to visitors. */
export class BadSettings extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadSettings';
  }
}
