import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** What a calendar is told of a meeting. Its texts are personal data: a file goes only to those who meet. */
export interface CalendarEntry {
  /** The same for every change of the same meeting. */
  id: string;
  /** Grows with each change (RFC 5545, SEQUENCE). */
  sequence: number;
  at: Date;
  minutes: number;
  title: string;
  description: string;
  place: string;
  /** Page about it; null for none. */
  url: string | null;
  /** When the file was written (DTSTAMP). */
  writtenAt: Date;
  /** Sent by e-mail (RFC 5546): asked for, or taken away again, by whom and for whom. Without it, a file to download. */
  sent?: { method: 'REQUEST' | 'CANCEL'; by: Named; to: Named[] };
}

interface Named {
  name: string;
  address: string;
}

const MINUTE = 60_000;

/** Nobody is asked for an answer: nobody reads the service's own mailbox. */
const peopleOf = ({ by, to }: NonNullable<CalendarEntry['sent']>) => ({
  organizer: { name: by.name, email: by.address },
  attendees: to.map(({ name, address }) => ({
    ...(name && { name }),
    email: address,
    rsvp: false,
    status: ICalAttendeeStatus.ACCEPTED,
  })),
});

/**
 * Writes calendar files (RFC 5545): times in UTC, which every calendar shows in its own zone; lines of CRLF, folded at 75
 * octets, texts escaped. `publicUrl`: makes the UID of a meeting unique in the world.
 */
export const calendarFiles =
  ({ publicUrl }: { publicUrl: string }) =>
  (entry: CalendarEntry): string => {
    const calendar = ical({
      prodId: { company: 'Porte d’entrée innovation', product: 'Rendez-vous', language: 'FR' },
      method: ICalCalendarMethod[entry.sent?.method ?? 'PUBLISH'],
    });
    calendar.createEvent({
      id: `${entry.id}@${new URL(publicUrl).hostname}`,
      sequence: entry.sequence,
      stamp: entry.writtenAt,
      start: entry.at,
      end: new Date(entry.at.getTime() + entry.minutes * MINUTE),
      summary: entry.title,
      description: entry.description,
      status: entry.sent?.method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(entry.sent && peopleOf(entry.sent)),
      ...(entry.place && { location: entry.place }),
      ...(entry.url && { url: entry.url }),
    });
    return `${calendar.toString().replace(/\r?\n/g, '\r\n').trimEnd()}\r\n`;
  };
export type CalendarFile = ReturnType<typeof calendarFiles>;
