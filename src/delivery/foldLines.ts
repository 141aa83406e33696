/** RFC 5322 lets no line of a message be wider than 998 bytes. */
const WIDEST = 998;

const bytes = (text: string): number => Buffer.byteLength(text);

/** As many signs of a word as a line holds: a sign takes at most four bytes. */
const cut = (word: string): string[] =>
  bytes(word) <= WIDEST ? [word] : (word.match(new RegExp(`.{1,${Math.floor(WIDEST / 4)}}`, 'gsu')) ?? []);

const fold = (line: string): string => {
  const lines = [''];
  for (const word of line.split(' ').flatMap(cut)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (bytes(longer) <= WIDEST) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
};

/** The same text with lines that are too wide for a mail server broken at a space; the others stay as they are. */
export const foldLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => (bytes(line) <= WIDEST ? line : fold(line)))
    .join('\n');
