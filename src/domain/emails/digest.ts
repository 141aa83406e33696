/** What a digest lists, in words: figures first, then lines by section. */
export interface Digest {
  figures: { label: string; value: string }[];
  sections: DigestSection[];
}
export interface DigestSection {
  title: string;
  lines: DigestLine[];
  /** How many more there are than lines. */
  more: number;
}
export interface DigestLine {
  title: string;
  /** Since when, where, how late. */
  about: string;
  /** Full address. */
  href: string;
}

/** An empty digest is not sent. */
export const isEmptyDigest = ({ sections }: Digest): boolean => sections.every(({ lines }) => lines.length === 0);
