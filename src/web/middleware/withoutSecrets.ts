/** Secrets of links are 43 signs of base64url, wherever they stand in an address; some programs write %2D for a hyphen. */
const SECRET = /[A-Za-z0-9_%-]{43,}/g;

/** A log line of a request holds no secret: neither that of a link, nor what was typed in a search. */
export const withoutSecrets = (req: { id: string; method: string; url: string }) => ({
  id: req.id,
  method: req.method,
  url: req.url.replace(/\?.*$/, '').replace(SECRET, '…'),
});
