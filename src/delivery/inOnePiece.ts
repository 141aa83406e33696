import { Transform, type TransformCallback } from 'node:stream';

/** Gives what it is written in one piece, once it has it all: a connection then carries it in few writes. */
export const inOnePiece = (): Transform => {
  const pieces: Buffer[] = [];
  return new Transform({
    transform(piece: Buffer, _encoding, next: TransformCallback): void {
      pieces.push(piece);
      next();
    },
    flush(last: TransformCallback): void {
      last(null, Buffer.concat(pieces));
    },
  });
};
