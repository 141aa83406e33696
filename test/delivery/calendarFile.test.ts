import { calendarFiles } from '../../src/delivery/calendarFile.js';

const ENTRY = {
  id: 'r1',
  sequence: 3,
  at: new Date('2026-03-29T07:00:00Z'),
  minutes: 45,
  title: 'Rencontre à l’atelier, avec Zoé ; budget 10 000 €',
  description:
    'Une ligne.\nUne autre, bien plus longue que les autres, avec des accents : é è ê à ç ù œ, et encore des mots.',
  place: '1, rue du Pont\\Thiers',
  url: 'https://porte.example/dossiers/r1',
  writtenAt: new Date('2026-03-20T10:00:00Z'),
};
const file = calendarFiles({ publicUrl: 'https://porte.example' });
const unfolded = (text: string): string[] => text.replace(/\r\n[ \t]/g, '').split('\r\n');

it('is a calendar of one event, with an identifier that stays and a number that grows', () => {
  const lines = unfolded(file(ENTRY));
  for (const line of [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:r1@porte.example',
    'SEQUENCE:3',
    'DTSTAMP:20260320T100000Z',
    'DTSTART:20260329T070000Z',
    'DTEND:20260329T074500Z',
    'END:VCALENDAR',
  ])
    expect(lines).toContain(line);
});

it('escapes what a person wrote, and folds it at 75 octets without cutting a letter', () => {
  const text = file(ENTRY);
  const lines = unfolded(text);
  expect(lines).toContain('SUMMARY:Rencontre à l’atelier\\, avec Zoé \\; budget 10 000 €');
  expect(lines).toContain('LOCATION:1\\, rue du Pont\\\\Thiers');
  expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('Une ligne.\\nUne autre\\, bien');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n\ufffd]/);
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
});
