import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

/** Everybody waits meanwhile: the last tenth of its length would take ten times as long. */
function quickBrotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/** How a page may be sent, the smallest first. */
const COMPRESSED = { br: quickBrotli, gzip: (bytes: Buffer) => gzipSync(bytes) };
type Encoding = keyof typeof COMPRESSED;
const ENCODINGS = Object.keys(COMPRESSED) as Encoding[];

/** A page as the bytes that are sent: the same for all, compressed once in each way that somebody asks for. */
export interface KeptPage {
  etag: string;
  plain: Buffer;
  compressed: Map<Encoding, Buffer>;
}

/** Weak: the same page, in whatever way it is compressed. */
const etagOf = (bytes: Buffer): string => `W/"${createHash('sha256').update(bytes).digest('base64url')}"`;

export const keepPage = (html: string): KeptPage => {
  const plain = Buffer.from(html);
  return { etag: etagOf(plain), plain, compressed: new Map() };
};

const compressedIn = ({ plain, compressed }: KeptPage, encoding: Encoding): Buffer => {
  const bytes = compressed.get(encoding) ?? COMPRESSED[encoding](plain);
  compressed.set(encoding, bytes);
  return bytes;
};

/** Whom else a shared cache may give it to. */
const VARY = 'Accept-Encoding, Accept-Language, Cookie';

/**
 * Answers with a page that everybody may be given: browsers keep it, ask each time whether it is still the same, and are told so
 * (304) without the page.
 */
export const sendKept = (req: Request, res: Response, page: KeptPage): void => {
  res.setHeader('Vary', VARY);
  res.setHeader('ETag', page.etag);
  res.setHeader('Cache-Control', 'no-cache');
  if (req.fresh) return void res.status(304).end();
  const taken = req.acceptsEncodings();
  const encoding = ENCODINGS.find((one) => taken.includes(one));
  const bytes = encoding ? compressedIn(page, encoding) : page.plain;
  if (encoding) res.setHeader('Content-Encoding', encoding);
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', bytes.length);
  res.end(bytes);
};
