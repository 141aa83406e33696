import type { CallResult } from '../referrals/lifecycle.js';
import type { EventType, ProjectEvent } from '../referrals/referral.js';

/**
 * What counts as a contact with the holder, row by row: all that the holder does, and what staff do with the holder. What people
 * of the desk do among themselves, and what time alone does, is none. Source: CNIL, référentiel « gestion des activités
 * commerciales » (2022): three years from the data being collected or from the last contact that comes from the person; an
 * answer of ours that the person receives and may act upon counts here too, since the help goes on.
 */
const IS_CONTACT: Record<EventType, boolean | ((event: Pick<ProjectEvent, 'reason'>) => boolean)> = {
  submitted: true,
  'message-added': true,
  'contact-corrected': true,
  'detail-given': true,
  'nobody-called': true,
  surveyed: true,
  became: true,
  withdrawn: true,
  erased: true,
  // A call that nobody answered reached nobody.
  'call-logged': ({ reason }) => reason !== ('no-answer' satisfies CallResult),
  booked: true,
  'detail-asked': true,
  written: true,
  closed: true,
  'closed-in-triage': true,
  taken: false,
  declined: false,
  referred: false,
  released: false,
  transferred: false,
  'wait-ended': false,
  'brought-in': false,
  rerouted: false,
  reopened: false,
  expired: false,
  shared: false,
  'address-refused': false,
};

const isContact = (event: ProjectEvent): boolean => {
  const row = IS_CONTACT[event.type];
  return typeof row === 'boolean' ? row : row(event);
};

/** When the holder of a project was last heard of, or was last told something by a person: from then on its data are kept. */
export const lastContact = ({ submittedAt }: { submittedAt: Date }, events: ProjectEvent[]): Date =>
  new Date(Math.max(submittedAt.getTime(), ...events.filter(isContact).map(({ at }) => at.getTime())));
