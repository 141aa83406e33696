import PostalMime from 'postal-mime';

export interface MessageAddress {
  address: string;
  /** Empty when the message gives none. */
  name: string;
}

/** A message as `GET /email` shows it. */
export interface MailboxMessage {
  /** Grows with each message; eight figures. */
  id: string;
  /** When it was received, ISO 8601. */
  time: string;
  from: MessageAddress[];
  to: MessageAddress[];
  subject: string;
  /** By lower-case name, as sent (encoded words stay encoded); a list when a header comes several times. */
  headers: Record<string, string | string[]>;
  /** Empty when the message has no such part. */
  text: string;
  html: string;
}

/** Whom the SMTP session named: what counts when the message itself names nobody. */
export interface Envelope {
  from: string;
  to: string[];
}

type Addresses = NonNullable<Awaited<ReturnType<typeof PostalMime.parse>>['to']>;

const flat = (addresses: Addresses): MessageAddress[] =>
  addresses.flatMap((each) => each.group ?? [each]).map(({ address, name }) => ({ address, name }));

const orEnvelope = (addresses: Addresses, envelope: string[]): MessageAddress[] =>
  addresses.length > 0 ? flat(addresses) : envelope.map((address) => ({ address, name: '' }));

const byName = (headers: { key: string; value: string }[]): MailboxMessage['headers'] => {
  const values = new Map<string, string[]>();
  for (const { key, value } of headers) values.set(key, [...(values.get(key) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([key, [only = '', ...more]]) => [key, more.length ? [only, ...more] : only]),
  );
};

/** Reads a raw message. */
export const readMessage = async (
  raw: Buffer,
  { id, time, envelope }: { id: string; time: string; envelope: Envelope },
): Promise<MailboxMessage> => {
  const email = await PostalMime.parse(raw);
  return {
    id,
    time,
    from: orEnvelope(email.from ? [email.from] : [], [envelope.from]),
    to: orEnvelope(email.to ?? [], envelope.to),
    subject: email.subject ?? '',
    headers: byName(email.headers),
    text: email.text ?? '',
    html: email.html ?? '',
  };
};
