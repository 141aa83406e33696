import { createTransport } from 'nodemailer';

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

/** What a failed send throws. Permanent: the server refused this message for good (5xx), trying again is useless. */
export interface SendFailure extends Error {
  permanent: boolean;
}

/** Milliseconds. The whole of a send ends before the two minutes for which a delivery is claimed. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const WHOLE_SEND = 90_000;

/** Refusals of the message itself; a 5xx at sign-in or greeting is about our settings, and may be put right. */
const ABOUT_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE'];

const classified = (error: unknown): SendFailure => {
  const { message, code, responseCode } = error as Error & { code?: string; responseCode?: number };
  const permanent = (responseCode ?? 0) >= 500 && ABOUT_THE_MESSAGE.includes(code ?? '');
  return Object.assign(new Error(message, { cause: error }), { permanent });
};

const addressOf = ({ address }: Mailbox): string => address;

/** Opens a pool of SMTP connections at an address such as smtps://user:password@host. Rejects sends with a SendFailure. */
export const smtpTransport = (smtpUrl: string, { connections = 5 }: { connections?: number } = {}) => {
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });

  return {
    /** Gives the Message-ID sent and the server's own answer. */
    async send({
      calendar,
      returnPath,
      attachments = [],
      ...email
    }: OutgoingEmail): Promise<{ messageId: string; response: string }> {
      const icalEvent = calendar && { filename: calendar.name, method: calendar.method, content: calendar.text };
      try {
        const { messageId, response } = await pool.sendMail({
          ...email,
          ...(icalEvent && { icalEvent }),
          attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
          ...(returnPath && { envelope: { from: returnPath, to: [...email.to, ...email.cc].map(addressOf) } }),
          signal: AbortSignal.timeout(WHOLE_SEND),
        });
        return { messageId, response };
      } catch (error) {
        throw classified(error);
      }
    },

    close(): void {
      pool.close();
    },
  };
};
export type Transport = ReturnType<typeof smtpTransport>;
