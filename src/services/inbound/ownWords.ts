/** "Le lun. 23 nov. 2026 à 10:12, Porte d’entrée innovation <…> a écrit :", on up to three lines. */
const SAID_BEFORE = /^(?:Le|On)\s.{0,400}\s(?:a écrit|wrote)\s*:$/;
/** A sentence may begin and end like that line, but names no date. */
const DATED = /\d{4}|\d\/\d|\d\s?[:h]\s?\d\d/;
const BEGINS_SAID = /^(?:Le|On)\s/;
const LINES_OF_SAID = 3;

/** What mail programs draw above the message that they quote whole. */
const RULED =
  /^(?:-{2,}|_{2,})\s*(?:Message d['’]origine|Message original|Message transféré|Original Message|Forwarded message)\s*(?:-{2,}|_{2,})$/i;

/** The headers that Outlook puts above what it quotes: who, then when and to whom, in the next lines. */
const FROM = /^\*?(?:De|From)\*?\s*:/i;
const SENT = /^\*?(?:Envoyé|Date|Sent)\*?\s*:/i;
const LINES_TO_SENT = 3;

/** RFC 3676, 4.3: a signature follows; many programs drop the space. */
const SIGNATURE = /^-- ?$/;

const FROM_A_DEVICE =
  /^(?:Envoyé (?:de|depuis|à partir de) (?:mon|ma|l['’]|Outlook|Courrier|Yahoo|Proton).{0,80}|Sent from (?:my|Outlook|Mail|Yahoo|Proton).{0,80}|(?:Télécharger|Obtenez|Get) Outlook (?:pour|for).{0,80})$/i;

const isQuoted = (line: string): boolean => line.startsWith('>');

/** How many lines from this one say that somebody wrote what follows; 0 when they do not. */
const saidBefore = (lines: string[], at: number): number => {
  if (!BEGINS_SAID.test(lines[at] ?? '')) return 0;
  for (let count = 1; count <= LINES_OF_SAID; count += 1) {
    const together = lines
      .slice(at, at + count)
      .join(' ')
      .replaceAll('\u00a0', ' ')
      .trim();
    if (SAID_BEFORE.test(together) && DATED.test(together)) return count;
  }
  return 0;
};

const isHeaderBlock = (lines: string[], at: number): boolean =>
  FROM.test(lines[at] ?? '') && lines.slice(at + 1, at + 1 + LINES_TO_SENT).some((line) => SENT.test(line));

const isDrawnAbove = (lines: string[], at: number): boolean =>
  /^_{10,}$/.test((lines[at] ?? '').trim()) && isHeaderBlock(lines, at + 1);

const isEnd = (lines: string[], at: number): boolean =>
  SIGNATURE.test(lines[at] ?? '') ||
  RULED.test((lines[at] ?? '').trim()) ||
  isHeaderBlock(lines, at) ||
  isDrawnAbove(lines, at);

/**
 * What a person wrote, without the message that is quoted, nor a signature. Answers between quoted lines are kept: only
 * those lines go. In and out: text; empty when there is nothing but quotes.
 */
export const ownWords = (text: string): string => {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (isEnd(lines, at)) break;
    const said = saidBefore(lines, at);
    if (said > 0) {
      const next = lines.slice(at + said).find((line) => line.trim() !== '');
      // Quoted as it is, without a sign before each line: all that follows is theirs.
      if (next === undefined || !isQuoted(next)) break;
      at += said - 1;
      continue;
    }
    const line = lines[at] ?? '';
    if (!isQuoted(line) && !FROM_A_DEVICE.test(line.trim())) own.push(line.trimEnd());
  }
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
