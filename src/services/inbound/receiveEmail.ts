import type { InboundOutcome } from '../../data/inbox.js';
import type { InboundMail, ParseInbound } from '../../delivery/parseInbound.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { KnownError } from '../../errors.js';
import { logger } from '../../logger.js';
import type { Parts } from '../parts.js';
import { classifyInbound, type Inbound } from './classifyInbound.js';
import { keepReply, type ReplyKeeping } from './keepReply.js';
import { keepReport, type ReportKeeping } from './keepReport.js';
import { ownWords } from './ownWords.js';

type Needs = ReplyKeeping &
  ReportKeeping &
  Pick<Parts, 'inbox'> & {
    addresses: Pick<Parts['addresses'], 'deliveryAt' | 'sender'>;
    parseInbound: ParseInbound;
  };

export type Received = Exclude<InboundOutcome, null>;
type Decided = Exclude<Received, 'unmatched'> | { unmatched: string; project?: string | null };

/** Characters of a message that is left to a person. */
const SHOWN = 4000;

/** By its address first: it is ours, while anybody's program writes the other headers. */
const deliveryOf = async (
  { addresses, deliveries }: Needs,
  mail: InboundMail,
  returned: string | null,
): Promise<Delivery | null> => {
  for (const address of mail.recipients) {
    const id = addresses.deliveryAt(address);
    const found = id && (await deliveries.byId(id));
    if (found) return found;
  }
  for (const messageId of [...mail.references, ...(returned ? [returned] : [])]) {
    const found = await deliveries.byMessageId(messageId);
    if (found) return found;
  }
  return null;
};

const decide = async (parts: Needs, mail: InboundMail, id: string, inbound: Inbound): Promise<Decided> => {
  if (inbound.kind === 'automatic') return 'automatic';
  const delivery = await deliveryOf(parts, mail, inbound.kind === 'report' ? inbound.returned : null);
  if (inbound.kind === 'reply') {
    if (!delivery) return { unmatched: 'Ce message ne répond à aucun de nos e-mails.' };
    const kept = await keepReply(parts)(mail, id, delivery);
    return typeof kept === 'string' ? kept : { ...kept, project: delivery.project };
  }
  // A failure of something that is not ours: of another failure, or of what somebody sends in our name.
  if (!delivery) return 'automatic';
  if (inbound.kind === 'returned')
    return { unmatched: 'Un e-mail semble revenu sans être remis.', project: delivery.project };
  const reported = await keepReport(parts)(inbound.recipients, delivery);
  return typeof reported === 'string' ? reported : { ...reported, project: delivery.project };
};

/** What the service knows how to refuse is left to a person, in the words of the refusal. */
const orLeft = async (decided: Promise<Decided>): Promise<Decided> => {
  try {
    return await decided;
  } catch (error) {
    if (error instanceof KnownError) return { unmatched: error.message };
    throw error;
  }
};

const UNREADABLE: InboundMail = {
  messageId: null,
  from: '',
  recipients: [],
  references: [],
  subject: '',
  headers: new Map(),
  text: '',
  attachments: 0,
  report: null,
};

/**
 * Takes in one raw message that a mail server received for us: a reply goes to its project, a failure marks the address,
 * what programs send is noted and nothing else; what belongs nowhere is left to a person. Never sends anything, nor answers.
 * The same message twice is one; a crash half way is completed when it comes again. Out: what became of it. Throws only
 * when the store is away.
 */
export const receiveEmail = (parts: Needs) => {
  const { addresses, clock, inbox, parseInbound } = parts;

  const finish = async (id: string, mail: InboundMail, decided: Decided): Promise<Received> => {
    if (typeof decided === 'string') await inbox.finish(id, decided);
    else {
      const { unmatched: why, project = null } = decided;
      const text = (ownWords(mail.text) || mail.text).slice(0, SHOWN);
      await inbox.leave(id, { from: mail.from, subject: mail.subject.slice(0, 200), text, why, project });
    }
    return typeof decided === 'string' ? decided : 'unmatched';
  };

  return async (raw: Buffer): Promise<Received> => {
    const mail = await parseInbound(raw).catch(() => null);
    const { id, outcome } = await inbox.receive(mail?.messageId ?? raw.toString('latin1'), clock());
    if (outcome !== null) return outcome;
    const inbound = mail && classifyInbound(mail, addresses.sender);
    const decided: Decided =
      mail && inbound
        ? await orLeft(decide(parts, mail, id, inbound))
        : { unmatched: 'Ce message est illisible : son texte n’a pas pu en être tiré.' };
    const became = await finish(id, mail ?? UNREADABLE, decided);
    logger.info({ became }, 'e-mail received');
    return became;
  };
};
