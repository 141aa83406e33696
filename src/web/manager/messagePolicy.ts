import { createHash } from 'node:crypto';

const hashOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** Every style of a message as it stands: those written on its tags, and its blocks. */
const stylesOf = (html: string): string[] => [
  ...[...html.matchAll(/ style="([^"]*)"/g)].map(([, style]) => style ?? ''),
  ...[...html.matchAll(/<style>([^<]*)<\/style>/g)].map(([, style]) => style ?? ''),
];

/**
 * The Content-Security-Policy of the HTML part of an e-mail, shown in a frame of our own: its own styles, by their hashes, and
 * nothing else. It loads, runs and sends nothing, and its links open nothing.
 */
export const messagePolicy = (html: string): string => {
  const hashes = [...new Set(stylesOf(html).map(hashOf))].join(' ');
  return (
    `default-src 'none'; style-src 'unsafe-hashes' ${hashes}; base-uri 'none'; form-action 'none'; ` +
    "frame-ancestors 'self'; sandbox"
  );
};
