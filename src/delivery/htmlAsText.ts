/** Names of the signs of Latin-1 from 160 on, in their order (HTML 4, ISO 8859-1), and others that mail programs write. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const NAMED = new Map<string, string>([
  ...LATIN.split(' ').map((name, place): [string, string] => [name, String.fromCharCode(160 + place)]),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ndash: '–', mdash: '—', hellip: '…' }),
  ...Object.entries({ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', oelig: 'œ', OElig: 'Œ', euro: '€', bull: '•' }),
]);

const signOf = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}\d{0,2}));/gi, (whole, hex, decimal, name) => {
    if (hex) return signOf(Number.parseInt(hex, 16));
    return decimal ? signOf(Number(decimal)) : (NAMED.get(name) ?? whole);
  });

/** What is not words. */
const UNSEEN = new Set(['head', 'style', 'script', 'title', 'noscript', 'template']);
const BLOCKS = new Set(
  'address article blockquote body center div dl dd dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);

/** Quotes within quotes, of which nobody has seen more; each one makes every line longer. */
const QUOTES_AT_MOST = 20;

/** A comment, a tag, or what stands between; an unfinished tag is words. */
const PIECES = /<!--[\s\S]*?(?:-->|$)|<\/?([a-z][a-z0-9]*)\b[^<>]*>|<[!?][^<>]*>|<|[^<]+/gi;

/**
 * The words of an HTML message as lines of text: what it quotes begins with "> ", as in text messages. Never fails, whatever it
 * is given.
 */
export const htmlAsText = (html: string): string => {
  const lines: string[] = [];
  let line = '';
  let quotes = 0;
  let unseen = '';
  const endLine = (evenEmpty: boolean): void => {
    const words = line.replace(/[^\S\u00a0]+/g, ' ').trim();
    if (words || evenEmpty) lines.push(`${'> '.repeat(Math.min(quotes, QUOTES_AT_MOST))}${words}`.trimEnd());
    line = '';
  };
  const tag = (name: string, isEnd: boolean): void => {
    if (BLOCKS.has(name)) endLine(name === 'p' && isEnd);
    if (name === 'p' && isEnd) endLine(true);
    if (name === 'br') endLine(true);
    if (name === 'td' && isEnd) line += ' ';
    if (name === 'li' && !isEnd) line = '- ';
    if (name === 'blockquote') quotes = Math.max(0, quotes + (isEnd ? -1 : 1));
  };
  for (const [piece, name] of html.matchAll(PIECES)) {
    const element = name?.toLowerCase() ?? '';
    const isEnd = piece.startsWith('</');
    if (unseen) {
      if (isEnd && element === unseen) unseen = '';
    } else if (!isEnd && UNSEEN.has(element)) unseen = element;
    else if (element) tag(element, isEnd);
    else if (!piece.startsWith('<!') && !piece.startsWith('<?')) line += decoded(piece);
  }
  endLine(false);
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
