import { createTransport } from 'nodemailer';
import { inOnePiece } from './inOnePiece.js';
import { type Refusal, refusedIn, type ServerError, sendFailure } from './sendFailure.js';

export interface Mailbox {
  name: string;
  address: string;
}

export interface OutgoingEmail {
  messageId: string;
  from: string;
  to: Mailbox[];
  /** Who reads along. */
  cc: Mailbox[];
  /** Whom a reply reaches; nobody: whoever sends. */
  replyTo: Mailbox[];
  /** Where failures to deliver come back; null: to whoever sends. */
  returnPath: string | null;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** An appointment for the reader's calendar: an alternative part, and a file for programs that know no calendar. */
  calendar: { name: string; text: string; method: 'REQUEST' | 'CANCEL' } | null;
  attachments?: Attachment[];
}

/** A file that goes with an e-mail. */
export interface Attachment {
  name: string;
  /** Its media type. */
  type: string;
  content: Buffer;
}

/** What a server took. `refused`: addresses that it says do not exist, while others got the e-mail; missing: none. */
export interface Accepted {
  messageId: string;
  /** Its own answer, with those about recipients that it would not take. */
  response: string;
  refused?: Refusal[];
}

/** Milliseconds. The whole of a send ends before the two minutes for which a delivery is claimed. */
const PATIENCE = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
  wholeSend: 90_000,
};

const addressOf = ({ address }: Mailbox): string => address;

/**
 * Opens a pool of SMTP connections at an address such as smtps://user:password@host, for `connections` e-mails at a time.
 * `patience`: how long to wait for the server, in milliseconds.
 */
export const smtpTransport = (
  smtpUrl: string,
  { connections = 5, patience = {} }: { connections?: number; patience?: Partial<typeof PATIENCE> } = {},
) => {
  const { wholeSend, ...timeouts } = { ...PATIENCE, ...patience };
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    // A connection that the server had closed since the last e-mail, before a word of this one: another is opened, once.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  pool.use('stream', ({ message }, done) => {
    message.transform(inOnePiece);
    done();
  });

  /** Sends, to whom the server takes among the recipients. Rejects with a SendFailure when it takes none. */
  const send = async ({ calendar, returnPath, attachments = [], ...email }: OutgoingEmail): Promise<Accepted> => {
    const icalEvent = calendar && { filename: calendar.name, method: calendar.method, content: calendar.text };
    const recipients = [...email.to, ...email.cc].map(addressOf);
    try {
      const {
        messageId,
        response,
        rejectedErrors = [],
      } = await pool.sendMail({
        ...email,
        // What it would choose for French and English, once it had counted their letters.
        textEncoding: 'quoted-printable',
        ...(icalEvent && { icalEvent }),
        attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
        ...(returnPath && { envelope: { from: returnPath, to: recipients } }),
        signal: AbortSignal.timeout(wholeSend),
      });
      const answers = [response, ...rejectedErrors.map((error) => error.response)].filter(Boolean);
      const refused = refusedIn(rejectedErrors as ServerError[]);
      return { messageId, response: answers.join(' | '), ...(refused.length > 0 && { refused }) };
    } catch (error) {
      throw sendFailure(error as ServerError, recipients);
    }
  };

  return {
    send,
    close(): void {
      pool.close();
    },
  };
};
export type Transport = ReturnType<typeof smtpTransport>;
