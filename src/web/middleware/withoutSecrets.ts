/**
 * Secrets of links are 43 signs of base64url, wherever they stand in an address; some programs write %2D for a hyphen. One that
 * was not copied whole is nearly as good.
 */
const LONG = /[A-Za-z0-9_%-]{20,}/g;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WORDS = /^[a-z-]+$/;

const kept = (part: string): string => (ID.test(part) || WORDS.test(part) ? part : '…');

/** A log line of a request holds no secret: neither that of a link, nor what was typed in a search. */
export const withoutSecrets = (req: { id: string; method: string; url: string }) => ({
  id: req.id,
  method: req.method,
  url: req.url.replace(/\?.*$/, '').replace(LONG, kept),
});
