import type { Contact } from '../domain/questionnaire/submission.js';
import { HOLDER_ACTS } from '../domain/referrals/holderActs.js';
import { holderEvent, keepToPace, type OpenParts, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'limits' | 'newId'> & { settleProject: Settle['settleProject'] };

const isSame = (a: Contact, b: Contact): boolean =>
  a.name === b.name && a.email === b.email && a.phone === b.phone && a.when.join() === b.when.join();

/**
 * Puts right how to reach the holder; e-mails owed go to the new address, of which nothing bad is known. The event says
 * that it changed, never what. Nothing happens when nothing changes. Throws Conflict when nobody needs to reach the holder any more.
 */
export const correctContact = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string, contact: Contact): Promise<void> => {
    const own = await openForAct(parts)(token, 'correctContact');
    if (isSame(own.project.contact, contact)) return;
    await keepToPace(parts)(own);
    const event = holderEvent(own, { id: newId(), type: 'contact-corrected', at: clock() });
    const guard = { states: HOLDER_ACTS.correctContact };
    const isNewAddress = contact.email !== own.project.contact.email;
    const change = { contact, ...(isNewAddress && { mailRefused: null }) };
    if (!(await projects.writeForHolder(own.project.id, guard, { event, change }))) throw tooLate();
    await settleProject(own.project.id);
  };
};
