import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';

const NOTHING = new Uint8Array(0);
/** Fast: a spreadsheet repeats itself so much that more effort gains little. */
const LEVEL = 2;

/** A zip archive, piece by piece, in step with whoever reads it: files of any length, none of which is held. */
export const zipArchive = () => {
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });

  /** What is ready to leave. */
  const ready = (): Uint8Array[] => {
    const taken = pieces;
    pieces = [];
    return taken;
  };

  return {
    /** Adds a file; its pieces are deflated by zlib, on another thread. Not before the file before it has ended. */
    async *add(filename: string, parts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Uint8Array> {
      const file: ZipInputFile = { filename, size: 0, crc: 0, compression: 8 };
      zip.add(file);
      const deflate = createDeflateRaw({ level: LEVEL });
      deflate.on('data', (piece: Uint8Array<ArrayBuffer>) => file.ondata?.(null, piece, false));
      try {
        for await (const part of parts) {
          const bytes = Buffer.from(part);
          file.size += bytes.length;
          file.crc = crc32(bytes, file.crc);
          await new Promise<void>((done, fail) => deflate.write(bytes, (error) => (error ? fail(error) : done())));
          yield* ready();
        }
        const ended = once(deflate, 'end');
        deflate.end();
        await ended;
        file.ondata?.(null, NOTHING, true);
        yield* ready();
      } finally {
        deflate.destroy();
      }
    },

    end(): Uint8Array[] {
      zip.end();
      return ready();
    },
  };
};
