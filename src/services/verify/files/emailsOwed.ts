import { type EmailId, rowOf } from '../../../domain/emails/catalogue.js';
import type { PlanCondition } from '../../../domain/emails/conditions.js';
import { emailsSetOff, occasionOf } from '../../../domain/emails/planEmails.js';
import { associatedId } from '../../../domain/referrals/newReferral.js';
import type { Project, ProjectEvent, Referral } from '../../../domain/referrals/referral.js';
import { settleAgain } from '../again.js';
import type { Invariant } from '../invariant.js';
import type { ProjectFile } from '../projectFile.js';

/** They ask how things stood at that moment: known only while nothing has happened since. */
const OF_THE_MOMENT: readonly PlanCondition[] = ['at a partner', 'at no partner', 'nobody is there', 'not taken yet'];

const aboutOf = ({ mains, associated }: ProjectFile, event: ProjectEvent): Referral | null => {
  if (event.type === 'submitted') return null;
  const id = event.type === 'brought-in' && event.to ? associatedId(event.project, event.to) : event.referral;
  return ([...mains, ...associated].find((one) => one.id === id) ?? mains.at(-1) ?? null) as Referral | null;
};

/** Which e-mails this event owed for sure. Whom a shared message went to depends on who was there: not asked. */
const surelyOwed = (file: ProjectFile, event: ProjectEvent): EmailId[] => {
  const project = file.project as unknown as Project;
  if (event.type === 'shared' || (project.erasedAt && event.type !== 'erased')) return [];
  const isLast = file.events.every(({ at }) => at <= event.at);
  const happening = { event, project, referral: aboutOf(file, event) };
  return emailsSetOff(happening).filter((email) => {
    const { when, since } = rowOf(email);
    return (isLast || !OF_THE_MOMENT.includes(when)) && (!since || event.at >= new Date(since));
  });
};

export const emailsOwed: Invariant = {
  label: 'Chaque message promis par un acte est prévu, parti ou annulé',
  severity: 'loss',
  repair: settleAgain,
  inFile: (file, { emailsKeptFrom }) => {
    const there = new Set(file.deliveries.map(({ email, occasion }) => `${email} ${occasion}`));
    return file.events
      .filter(({ at }) => at >= emailsKeptFrom)
      .flatMap((event) =>
        surelyOwed(file, event)
          .filter((email) => !there.has(`${email} ${occasionOf(email, event)}`))
          .map((email) => ({ id: `${event.id} ${email}`, what: `message ${email} jamais prévu`, of: event.id })),
      );
  },
};
