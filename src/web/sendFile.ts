import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

interface OutgoingFile {
  name: string;
  type: string;
  size?: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** Whoever asked for it has gone: nothing of ours is wrong. */
const hasLeft = (error: unknown): boolean => (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Answers with a file to keep, in step with the reader: none of it waits here. */
export const sendFile = async (res: Response, { name, type, size, bytes }: OutgoingFile): Promise<void> => {
  res.attachment(name).type(type);
  if (size !== undefined) res.set('Content-Length', String(size));
  await pipeline(Readable.from(bytes), res).catch((error: unknown) => {
    if (!hasLeft(error)) throw error;
  });
};
