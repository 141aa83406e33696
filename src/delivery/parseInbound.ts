import PostalMime from 'postal-mime';
import { htmlAsText } from './htmlAsText.js';

/** What a delivery status says of one recipient (RFC 3464). */
export interface RecipientStatus {
  /** In lower case: failed, delayed, delivered, relayed, expanded. */
  action: string;
  /** RFC 3463: "5.1.1"; empty when the report gives none. */
  status: string;
  /** The final recipient, then the one that was written to, when the report names it. Lower case. */
  addresses: string[];
  /** What the mail server said. */
  diagnostic: string;
}

/** A message as a mail server handed it to us. Addresses are in lower case. */
export interface InboundMail {
  /** With its angle brackets; null when it has none. */
  messageId: string | null;
  /** Who wrote; empty when it does not say. */
  from: string;
  /** Everybody to whom it says that it went. */
  recipients: string[];
  /** Message-IDs that it answers, the nearest first. */
  references: string[];
  subject: string;
  /** By lower-case name, each as often as it comes. */
  headers: ReadonlyMap<string, string[]>;
  /** What it says, quotes and signatures included; of an HTML message, its words. */
  text: string;
  /** Files that came along. */
  attachments: number;
  /** Of a delivery status, else null. `returned`: Message-ID of what could not be delivered. */
  report: { recipients: RecipientStatus[]; returned: string | null } | null;
}
export type ParseInbound = (raw: Buffer) => Promise<InboundMail>;

type Email = Awaited<ReturnType<typeof PostalMime.parse>>;
type Attachment = Email['attachments'][number];

/**
 * Bytes of a message that are read: what a person writes stands before files, and the parser takes seconds for a book, while
 * everybody waits.
 */
const READ = 256 * 1024;
/** Lines, likewise. */
const LINES = 10_000;
/** Characters of a part that are read. */
const LONGEST = 200_000;
/** More is written to keep us busy: such a message is not read. Bytes of headers, of all parts together. */
const HEADERS_AT_MOST = 128 * 1024;
/** The same, of lines that may begin a part. */
const PARTS_AT_MOST = 2000;
/** Of each list that a message holds: each one is looked up in the store. */
const LISTED = 20;
/** Characters of what a mail server said. */
const DIAGNOSTIC_MAX = 2000;
/** Signs of an address (RFC 5321, 4.5.3.1). */
const ADDRESS_MAX = 254;

const byName = (headers: Email['headers']): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const { key, value } of headers) {
    const others = values.get(key);
    if (others) others.push(value);
    else values.set(key, [value]);
  }
  return values;
};

/** Without the signs that nobody sees but that change what is read: only line ends and tabs stay. */
const seen = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');

const addressesIn = (text: string): string[] =>
  seen(text)
    .toLowerCase()
    .split(/[\s<>,;:"()]+/)
    .filter((word) => word.length <= ADDRESS_MAX && /^[^@]+@[^@]+$/.test(word));

/** Mail servers write down for whom they took a message in headers of their own. */
const RECIPIENT_HEADERS = [
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-forwarded-to',
  'x-envelope-to',
];

const messageIdsIn = (values: string[] = []): string[] => values.flatMap((value) => value.match(/<[^<>\s]+>/g) ?? []);

/** The message that it answers comes last in References. */
const referencesOf = (headers: InboundMail['headers']): string[] => [
  ...new Set([
    ...messageIdsIn(headers.get('in-reply-to')).slice(0, LISTED),
    ...messageIdsIn(headers.get('references')).slice(-LISTED).reverse(),
  ]),
];

const contentOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content.slice(0, LONGEST) : new TextDecoder().decode(content).slice(0, LONGEST);

/** Fields of a block of headers, unfolded. */
const fieldsOf = (block: string): Map<string, string> =>
  new Map(
    block
      .replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .flatMap((line) => {
        const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
        return name && value !== undefined ? [[name.toLowerCase(), value.trim()] as const] : [];
      }),
  );

const recipientStatus = (fields: Map<string, string>): RecipientStatus[] => {
  const action = fields.get('action')?.toLowerCase();
  if (!action) return [];
  const named = [fields.get('final-recipient'), fields.get('original-recipient')];
  return [
    {
      action: /^[a-z]+/.exec(action)?.[0] ?? '',
      status: /^\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '',
      // "rfc822; anne@example.org"
      addresses: [
        ...new Set(named.flatMap((field) => addressesIn(field?.replace(/^[\w-]+\s*;/, '') ?? '').slice(0, 1))),
      ],
      diagnostic: seen(fields.get('diagnostic-code') ?? '')
        .replace(/^[\w-]+\s*;\s*/, '')
        .slice(0, DIAGNOSTIC_MAX),
    },
  ];
};

const RETURNED = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/global',
  'message/rfc822-headers',
  'message/global-headers',
];

const reportOf = ({ attachments }: Email, headers: InboundMail['headers']): InboundMail['report'] => {
  const isReport = /^multipart\/report\b/i.test(headers.get('content-type')?.[0] ?? '');
  const status = attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType));
  if (!isReport || !status) return null;
  const returned = attachments.find(({ mimeType }) => RETURNED.includes(mimeType));
  const [head = ''] = returned ? contentOf(returned).split(/\r?\n\r?\n/) : [];
  return {
    recipients: contentOf(status)
      .split(/\r?\n(?:[ \t]*\r?\n)+/)
      .flatMap((block) => recipientStatus(fieldsOf(block)))
      .slice(0, LISTED),
    returned: messageIdsIn([fieldsOf(head).get('message-id') ?? ''])[0] ?? null,
  };
};

/** Pictures inside the text are mostly those of a signature. */
const isFile = ({ related, disposition, mimeType }: Attachment): boolean =>
  !related && !(disposition === 'inline' && mimeType.startsWith('image/'));

const LIMITS = { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: HEADERS_AT_MOST };

const firstLines = (raw: Buffer): Buffer => {
  let end = -1;
  for (let line = 0; line < LINES; line += 1) {
    end = raw.indexOf('\n', end + 1);
    if (end < 0) return raw;
  }
  return raw.subarray(0, end + 1);
};

const countBoundaries = (raw: Buffer): number => {
  let count = 0;
  for (let at = raw.indexOf('\n--'); at >= 0; at = raw.indexOf('\n--', at + 3)) count += 1;
  return count;
};

/**
 * Reads a raw message, of whatever encodings and size. Rejects what no mail program would write: nested without end, of
 * thousands of parts, of more headers than words.
 */
export const parseInbound: ParseInbound = async (raw) => {
  const read = firstLines(raw.subarray(0, READ));
  if (countBoundaries(read) > PARTS_AT_MOST) throw new Error('A message of too many parts');
  const email = await PostalMime.parse(read, LIMITS);
  const headers = byName(email.headers);
  const text = email.text?.trim() ? email.text : htmlAsText((email.html ?? '').slice(0, LONGEST));
  return {
    messageId: messageIdsIn(headers.get('message-id'))[0] ?? null,
    from: addressesIn(email.from?.address ?? headers.get('from')?.[0] ?? '')[0] ?? '',
    recipients: [...new Set(RECIPIENT_HEADERS.flatMap((name) => addressesIn((headers.get(name) ?? []).join(' '))))],
    references: referencesOf(headers),
    subject: seen(email.subject ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    headers,
    text: seen(text.slice(0, LONGEST).replaceAll('\r\n', '\n')).trim(),
    attachments: email.attachments.filter(isFile).length,
    report: reportOf(email, headers),
  };
};
