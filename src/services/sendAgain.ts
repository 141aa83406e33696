import { sheetRead } from '../domain/audit/auditNotes.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { planAgain } from '../domain/emails/planEmails.js';
import { type NotAgain, notAgainBecause } from '../domain/emails/sentAgain.js';
import { cancelledInWords } from '../domain/emails/unwantedWords.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Project } from '../domain/referrals/referral.js';
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '../errors.js';
import type { Parts } from './parts.js';
import { type EmailCase, emailCase, maySee, type ProjectEmailParts, situationOf } from './projectEmails.js';

type Needs = ProjectEmailParts & Pick<Parts, 'clock' | 'enqueue' | 'limits' | 'newId'>;

/** What a person is asked to confirm before an e-mail leaves once more. */
export interface SendAgain {
  delivery: Delivery;
  project: Project;
  /** Partner that it is about; null when it is about the project alone. */
  partner: string | null;
  /** Of the reader's partner; null for managers. */
  ownReferral: string | null;
  /** Names this time: the same one sent twice makes one e-mail. */
  time: string;
}

const REFUSALS: Partial<Record<NotAgain, string>> = {
  'not sent': 'Ce message n’est pas encore parti, ou n’avait plus à partir. Il n’y a rien à envoyer à nouveau.',
  'no address': 'Cette personne n’a pas d’adresse e-mail. Appelez-la.',
  'address refused': 'L’adresse de cette personne ne reçoit pas nos messages. Appelez-la pour la corriger.',
};

const inWords = (because: NotAgain): string =>
  REFUSALS[because] ?? `Ce message n’a plus à partir : ${cancelledInWords(because)}.`;

/** The e-mail as this reader may know of it. Throws NotFound otherwise, Forbidden for what another partner looks after. */
const open = async (parts: Needs, reader: Account, id: string): Promise<{ delivery: Delivery; known: EmailCase }> => {
  const delivery = await parts.deliveries.byId(id);
  if (!delivery?.project || (delivery.about.kind !== 'project' && delivery.about.kind !== 'referral'))
    throw new NotFound();
  const known = await emailCase(parts, delivery.project);
  if (!maySee(reader, delivery, known)) throw new NotFound();
  const situation = situationOf(delivery, known);
  if (!may(reader, 'sendAgain', situation.referral?.partner ?? ''))
    throw new Forbidden('Un autre partenaire suit ce projet : lui seul peut envoyer ce message à nouveau.');
  const refusal = notAgainBecause(delivery, situation);
  if (refusal) throw new Conflict(inWords(refusal));
  return { delivery, known };
};

const ownReferralOf = (reader: Account, { held }: EmailCase): string | null =>
  held.findLast(({ partner }) => partner === reader.partner)?.id ?? null;

/** What would leave, to be confirmed. Throws Conflict, with the reason, when it must not leave again. */
export const readSendAgain =
  (parts: Needs & Pick<Parts, 'note'>) =>
  async (reader: Account, id: string): Promise<SendAgain> => {
    const { delivery, known } = await open(parts, reader, id);
    await parts.note(sheetRead(reader, known.project.id, { of: 'send-again' }));
    const isAboutOne = delivery.about.kind === 'referral';
    return {
      delivery,
      project: known.project,
      partner: isAboutOne ? (situationOf(delivery, known).referral?.partner ?? null) : null,
      ownReferral: ownReferralOf(reader, known),
      time: parts.newId(),
    };
  };

const A_TIME = /^[\w-]{8,64}$/;

/**
 * Owes the e-mail once more, with links made anew when it leaves. `time`: from the page that asked to confirm; the same one
 * owes it once. Throws TooMany beyond what a project bears in a day. Gives where the reader came from.
 */
export const sendAgain =
  (parts: Needs) =>
  async (by: Account, id: string, time: string): Promise<{ project: string; ownReferral: string | null }> => {
    if (!A_TIME.test(time)) throw new Invalid('Revenez au projet, et choisissez à nouveau le message à envoyer.');
    const { delivery, known } = await open(parts, by, id);
    const { id: project } = known.project;
    const { allowed, retryInSeconds } = await parts.limits.take('sent-again-of-project', project);
    if (!allowed) throw new TooMany(retryInSeconds, undefined, 'Assez de messages sont partis à nouveau aujourd’hui.');
    const at = parts.clock();
    const due = await parts.deliveries.plan([planAgain(delivery, { at, id: time })], at);
    if (due.length > 0) await parts.enqueue(due);
    else await parts.limits.giveBack('sent-again-of-project', project);
    return { project, ownReferral: ownReferralOf(by, known) };
  };
