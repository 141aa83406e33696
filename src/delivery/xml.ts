/** What XML 1.0 cannot hold: control characters, halves of a pair, and the two that are no characters. */
const UNHEARD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SPECIAL = /[&<>"\r]/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '' };
/** Office reads "_x0041_" as "A" (ECMA-376, ST_Xstring): the line before it says that it is itself. */
const OFFICE_CODE = /_(?=x[0-9A-Fa-f]{4}_)/g;
const PLAIN = /^[\p{L}\p{N} ’.,()€%:;!?–…\u00a0\u202f-]*$/u;

/** A text as XML holds it, for Office files. */
export const xml = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .replace(UNHEARD, '')
        .replace(SPECIAL, (one) => ENTITIES[one] ?? '')
        .replace(OFFICE_CODE, '_x005F_');
