import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import type { WantedCondition } from '../../domain/emails/conditions.js';
import type { Audience, Delivery } from '../../domain/emails/delivery.js';
import { type FailureKind, failureKindOf } from '../../domain/emails/failures.js';
import { cancelledInWords } from '../../domain/emails/unwantedWords.js';

/** How an e-mail stands: a word, and what more there is to say. */
export interface EmailState {
  label: string;
  tone: string;
  text: string;
}

/** Whom an e-mail is for. */
export const TO_WHOM: Record<Audience, string> = {
  holder: 'à la personne qui porte le projet',
  advisor: 'à l’équipe du partenaire',
  lead: 'à la personne responsable chez le partenaire',
  manager: 'au pilotage',
  account: 'à la personne du compte',
};

/** Why the mail server did not take it. */
export const FAILURES: Record<FailureKind, string> = {
  address: 'adresse refusée',
  message: 'message refusé',
  later: 'refus temporaire',
  unreachable: 'serveur injoignable',
  other: 'autre raison',
};

/** A day and an hour; the year too when it is not this one. */
export const whenInWords = (at: Date, now: Date): string => `${dayInWords(at, now)} à ${timeInWords(at)}`;

const whyFailed = ({ failedBecause }: Pick<Delivery, 'failedBecause'>): string =>
  FAILURES[failureKindOf(failedBecause ?? '')];

const owed = (delivery: Delivery, now: Date): EmailState => {
  const isLate = delivery.due <= now;
  if (delivery.failedBecause) {
    const when = isLate ? 'bientôt' : whenInWords(delivery.due, now);
    return { label: 'Nouvel essai', tone: 'soon', text: `${when} : ${whyFailed(delivery)}` };
  }
  if (isLate) return { label: 'Part', tone: 'info', text: 'dans un instant' };
  return { label: 'Prévu', tone: 'info', text: whenInWords(delivery.due, now) };
};

/** It left; a mail server may have said afterwards what became of it. */
const gone = ({ failedBecause }: Delivery, when: string): EmailState => {
  const kind = failedBecause ? failureKindOf(failedBecause) : null;
  if (kind === null) return { label: 'Envoyé', tone: 'done', text: when };
  if (kind === 'later') return { label: 'Retardé', tone: 'soon', text: `parti ${when}, pas encore livré` };
  return { label: 'Revenu', tone: 'late', text: `${FAILURES[kind]}, parti ${when}` };
};

/** Where an e-mail stands, in words. `unwanted`: why it would not leave as things stand now, while it is owed. */
export const emailState = (delivery: Delivery, now: Date, unwanted: WantedCondition | null = null): EmailState => {
  const { cancelledBecause, gaveUpAt, sentAt, toCall } = delivery;
  if (sentAt) return gone(delivery, whenInWords(sentAt, now));
  if (toCall?.done) return { label: 'Dit au téléphone', tone: 'done', text: whenInWords(toCall.done, now) };
  if (toCall) return { label: 'À dire au téléphone', tone: 'soon', text: `depuis ${dayInWords(toCall.since, now)}` };
  if (gaveUpAt)
    return { label: 'Pas arrivé', tone: 'late', text: `${whyFailed(delivery)}, ${whenInWords(gaveUpAt, now)}` };
  if (cancelledBecause) return { label: 'Annulé', tone: 'neutral', text: cancelledInWords(cancelledBecause) };
  if (unwanted) return { label: 'Ne part pas', tone: 'neutral', text: cancelledInWords(unwanted) };
  return owed(delivery, now);
};
