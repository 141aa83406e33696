import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EJSON } from 'bson';
import { Invalid } from '../../errors.js';
import { type BackupHeader, type BackupTrailer, FORMAT, FORMAT_VERSION } from './backupFormat.js';

/** What a backup gives, first to last: what it holds, then its documents, as BSON. */
export type BackupPart = { header: BackupHeader } | { collection: string; document: Buffer };

/** A document of MongoDB's is 16 MB at most, and a little more inside the server. */
const LONGEST_DOCUMENT = 17 * 2 ** 20;
const SHORTEST_DOCUMENT = 5;
const LONGEST_LINE = 16 * 2 ** 20;
const END_OF_LINE = 10;
/** Bytes unpacked at a time. */
const CHUNK = 128 * 1024;

/**
 * Reads a backup, in constant memory. Its parts may be relied upon only once all were given: the counts and the sum that
 * they are held against stand at the end.
 * Errors: Invalid when it is no backup, of another format, cut or altered; those of the file system.
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const unpacked = createGunzip({ chunkSize: CHUNK });
  pipeline(createReadStream(file), unpacked, () => undefined);
  try {
    yield* partsOf(unpacked[Symbol.asyncIterator]());
  } catch (error) {
    throw asSentence(file, error);
  } finally {
    unpacked.destroy();
  }
}

class Torn extends Error {}
class Altered extends Error {}
class NoBackup extends Error {}
class OtherVersion extends Error {}

function asSentence(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof Torn || code === 'Z_BUF_ERROR')
    return new Invalid(`${file}\u00a0: ce fichier est coupé, il lui manque la fin. Rien n’en a été repris.`);
  if (error instanceof NoBackup)
    return new Invalid(`${file}\u00a0: ce fichier n’est pas une sauvegarde de la plateforme.`);
  if (error instanceof OtherVersion)
    return new Invalid(
      `${file}\u00a0: cette sauvegarde vient d’une version plus récente. Mettez la plateforme à jour.`,
    );
  if (error instanceof Altered || code.startsWith('Z_'))
    return new Invalid(`${file}\u00a0: ce fichier est altéré. Rien n’en a été repris.`);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new Invalid(`${file}\u00a0: ce fichier n’existe pas ou ne peut pas être lu.`);
  return error;
}

async function* partsOf(chunks: AsyncIterator<Buffer>): AsyncGenerator<BackupPart> {
  const hash = createHash('sha256');
  const bytes = byteSource(chunks);
  const header = await readHeader(bytes, hash);
  yield { header };
  const counts: Record<string, number> = {};
  for (const { name } of header.collections) {
    counts[name] = 0;
    for (;;) {
      const document = await readDocument(bytes, hash);
      if (document === null) break;
      counts[name] = (counts[name] ?? 0) + 1;
      yield { collection: name, document };
    }
  }
  const trailer = parse<BackupTrailer>(await bytes.line());
  if (trailer?.sha256 !== hash.digest('hex')) throw new Altered();
  if (header.collections.some(({ name }) => trailer.counts[name] !== counts[name])) throw new Altered();
  if (!(await bytes.isAtEnd())) throw new Altered();
}

async function readHeader(bytes: ByteSource, hash: Hash): Promise<BackupHeader> {
  const line = await bytes.line().catch((error: NodeJS.ErrnoException) => {
    throw error instanceof Altered || error.code === 'Z_DATA_ERROR' ? new NoBackup() : error;
  });
  hash.update(line);
  const header = parse<BackupHeader>(line);
  if (header?.format !== FORMAT) throw new NoBackup();
  if (header.version !== FORMAT_VERSION) throw new OtherVersion();
  return header;
}

/** The next document of a collection; null after its last. */
async function readDocument(bytes: ByteSource, hash: Hash): Promise<Buffer | null> {
  const start = await bytes.take(4);
  hash.update(start);
  const length = start.readInt32LE();
  if (length === 0) return null;
  if (length < SHORTEST_DOCUMENT || length > LONGEST_DOCUMENT) throw new Altered();
  const rest = await bytes.take(length - 4);
  hash.update(rest);
  return Buffer.concat([start, rest]);
}

function parse<Line>(line: Buffer): Line | null {
  try {
    return EJSON.parse(line.toString('utf8'), { relaxed: true }) as Line;
  } catch {
    return null;
  }
}

interface ByteSource {
  take(length: number): Promise<Buffer>;
  /** With its end. */
  line(): Promise<Buffer>;
  isAtEnd(): Promise<boolean>;
}

/** Reads chunks of any length by the lengths that are asked for. */
function byteSource(chunks: AsyncIterator<Buffer>): ByteSource {
  let held: Buffer = Buffer.alloc(0);
  /** Whether there is more. */
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await chunks.next();
      if (next.done) return false;
      held = next.value;
    }
    return true;
  };
  const cut = (length: number): Buffer => {
    const piece = held.subarray(0, length);
    held = held.subarray(piece.length);
    return piece;
  };

  return {
    async take(length) {
      const pieces: Buffer[] = [];
      for (let missing = length; missing > 0; missing -= pieces.at(-1)?.length ?? 0) {
        if (!(await fill())) throw new Torn();
        pieces.push(cut(missing));
      }
      return Buffer.concat(pieces);
    },

    async line() {
      const pieces: Buffer[] = [];
      for (let length = 0; length < LONGEST_LINE; length += pieces.at(-1)?.length ?? 0) {
        if (!(await fill())) throw new Torn();
        const end = held.indexOf(END_OF_LINE);
        pieces.push(cut(end < 0 ? held.length : end + 1));
        if (end >= 0) return Buffer.concat(pieces);
      }
      throw new Altered();
    },

    isAtEnd: async () => !(await fill()),
  };
}
