/** Collects bytes, numbers with their greatest byte first. There is one, which is used for one key after another. */
export interface ByteWriter {
  byte(value: number): void;
  append(bytes: Uint8Array): void;
  text(text: string): void;
  unsigned32(value: number): void;
  unsigned64(value: bigint): void;
  /** So that greater numbers give greater bytes; NaN, the least, gives zeros, and -0 gives what 0 does. */
  double(value: number): void;
  /** Puts the double at a place down to the one just below it. */
  lower(place: number): void;
  /** Inverts what was written since a place, so that it sorts the other way round. */
  invertFrom(place: number): void;
  length(): number;
  /** A copy of what was written. */
  bytes(): Buffer;
}

const SMALLEST = 1024;
const AS_TEXT = 64;

let room = Buffer.alloc(SMALLEST);
let at = 0;

function need(count: number): void {
  if (at + count <= room.length) return;
  const larger = Buffer.alloc(Math.max(room.length * 2, at + count));
  room.copy(larger, 0, 0, at);
  room = larger;
}

const writer: ByteWriter = {
  byte: (value) => {
    need(1);
    room[at++] = value;
  },
  append: (bytes) => {
    need(bytes.length);
    room.set(bytes, at);
    at += bytes.length;
  },
  text: (text) => {
    need(text.length * 3);
    at += text.length < AS_TEXT ? writeShort(text, at) : room.write(text, at);
  },
  unsigned32: (value) => {
    need(4);
    at = room.writeUInt32BE(value, at);
  },
  unsigned64: (value) => {
    need(8);
    at = room.writeBigUInt64BE(value, at);
  },
  double: (value) => {
    need(8);
    writeOrdered(value, at);
    at += 8;
  },
  lower: (place) => {
    // Zero goes down to the bytes that -0 would have: just above the least number below zero.
    room.writeBigUInt64BE(room.readBigUInt64BE(place) - 1n, place);
  },
  invertFrom: (place) => {
    for (let i = place; i < at; i++) room[i] = room[i]! ^ 0xff;
  },
  length: () => at,
  bytes: () => Buffer.from(room.subarray(0, at)),
};

/** The writer, with nothing written yet. */
export function startWriting(): ByteWriter {
  at = 0;
  return writer;
}

/** Most keys are short and plain: quicker by hand than through the encoder. */
function writeShort(text: string, start: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return room.write(text, start);
    room[start + i] = unit;
  }
  return text.length;
}

function writeOrdered(value: number, place: number): void {
  if (Number.isNaN(value)) {
    room.fill(0, place, place + 8);
    return;
  }
  room.writeDoubleBE(value === 0 ? 0 : value, place);
  if (value >= 0) room[place] = room[place]! ^ 0x80;
  else for (let i = place; i < place + 8; i++) room[i] = room[i]! ^ 0xff;
}
