import type { EmailRow } from './emailRow.js';

const TO_REFERRAL = { label: 'Voir le projet', opens: 'referral' } as const;

/** The e-mails to advisors and managers: rows of the catalogue, which says what each column means. */
export const STAFF_EMAILS = {
  'advisor-new-project': {
    label: 'Un projet pour vous',
    audience: 'advisor',
    triggers: ['referred'],
    when: 'always',
    delay: 'at once',
    stillWanted: 'while waiting',
    button: TO_REFERRAL,
  },
  'advisor-reminder': {
    label: 'Relance : un projet attend',
    audience: 'advisor',
    triggers: ['referred'],
    when: 'always',
    delay: { businessDays: 2 },
    stillWanted: 'while waiting',
    button: TO_REFERRAL,
  },
  'advisor-message': {
    label: 'Un message ou des coordonnées corrigées',
    audience: 'advisor',
    triggers: ['message-added', 'contact-corrected'],
    when: 'at a partner',
    delay: 'at once',
    stillWanted: 'while open',
    button: TO_REFERRAL,
  },
  'advisor-nobody-called': {
    label: 'La personne dit que personne ne l’a appelée',
    audience: 'advisor',
    triggers: ['nobody-called'],
    when: 'at a partner',
    delay: 'at once',
    stillWanted: 'while open',
    button: TO_REFERRAL,
  },
  'advisor-withdrawn': {
    label: 'Le projet est retiré',
    audience: 'advisor',
    triggers: ['withdrawn', 'erased'],
    when: 'leaves a partner',
    delay: 'at once',
    stillWanted: 'once withdrawn',
    button: TO_REFERRAL,
  },
  'manager-triage': {
    label: 'Un projet à orienter',
    audience: 'manager',
    triggers: ['submitted', 'declined'],
    when: 'needs a person',
    delay: 'at once',
    stillWanted: 'while in triage',
    button: { label: 'Orienter le projet', opens: 'project sheet' },
  },
  'manager-nobody-called': {
    label: 'Personne n’a pris en charge ni appelé',
    audience: 'manager',
    triggers: ['nobody-called'],
    when: 'not taken yet',
    delay: 'at once',
    stillWanted: 'while waiting',
    button: { label: 'Voir le projet', opens: 'project sheet' },
  },
} as const satisfies Record<string, EmailRow>;
