import type { FileHandle } from 'node:fs/promises';
import { OVERHEAD, sealParts, unseal, type SealingKey } from '../keys/seal.ts';

/** So much of a PDF is in a frame at most: what memory holds of a file that is read frame by frame. */
export const PIECE_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;
const LONGEST_FRAME = LENGTH_BYTES + PIECE_BYTES + OVERHEAD;

/**
 * Writes a PDF as frames: `length of the rest (4 bytes, the highest first), nonce, ciphertext, tag`. The first holds the SHA-256 that the whole PDF has,
 * the others its pieces, and an empty one is the mark of its end.
 *
 * The first is bound to the invoice, each other one to the invoice, to that hash, and to the byte of the PDF that it begins with. So one that was
 * changed, left out, moved, repeated, or taken from another invoice or another version of this one does not open where it stands.
 */
export class Frames {
  readonly #key: SealingKey;
  readonly #id: string;
  readonly #sha256: string;

  constructor(key: SealingKey, id: string, sha256: string) {
    this.#key = key;
    this.#id = id;
    this.#sha256 = sha256;
  }

  /** The frames of what follows the first `at` bytes of the PDF, with the frame of its hash at the beginning; in parts, to be written one after another. */
  pieces(at: number, plain: readonly Uint8Array[]): Buffer[] {
    const parts = at === 0 ? this.#frame(hashPlace(this.#id), [Buffer.from(this.#sha256, 'hex')]) : [];
    let from = at;
    for (const piece of inPieces(plain)) {
      parts.push(...this.#frame(this.#place(from), piece));
      from += lengthOf(piece);
    }
    return parts;
  }

  /** The mark of the end of a PDF of so many bytes. */
  end(size: number): Buffer[] {
    return this.#frame(this.#place(size), []);
  }

  whole(plain: Uint8Array): Buffer {
    return Buffer.concat([...this.pieces(0, [plain]), ...this.end(plain.byteLength)]);
  }

  #place(at: number): string {
    return piecePlace(this.#id, this.#sha256, at);
  }

  #frame(place: string, plain: readonly Uint8Array[]): Buffer[] {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(lengthOf(plain) + OVERHEAD);
    return [length, ...sealParts(this.#key, place, plain)];
  }
}

/** `until` is the byte of the file behind the frame. */
export type Frame = { until: number } & (
  { kind: 'hash'; sha256: string } | { kind: 'piece'; bytes: Uint8Array } | { kind: 'end' }
);

/** The frames of a file, the one of the hash first, up to the end mark or to the first that is torn, damaged or of another place. */
export async function* readFrames(file: FileHandle, key: SealingKey, id: string): AsyncGenerator<Frame> {
  const buffer = Buffer.allocUnsafe(LONGEST_FRAME);
  let sha256: string | undefined;
  let at = 0;
  for (let until = 0; ;) {
    const sealed = await frameAt(file, until, buffer);
    const place = sha256 === undefined ? hashPlace(id) : piecePlace(id, sha256, at);
    const plain = sealed && unseal(key, place, sealed);
    if (!plain) return;
    until += LENGTH_BYTES + sealed.byteLength;
    if (sha256 === undefined) {
      sha256 = plain.toString('hex');
      yield { kind: 'hash', sha256, until };
    } else if (plain.byteLength === 0) {
      yield { kind: 'end', until };
      return;
    } else {
      at += plain.byteLength;
      yield { kind: 'piece', bytes: plain, until };
    }
  }
}

/** What is sealed in the frame that begins there; undefined when it is not whole. */
async function frameAt(file: FileHandle, position: number, buffer: Buffer): Promise<Buffer | undefined> {
  let read = 0;
  while (read < buffer.byteLength) {
    const { bytesRead } = await file.read(buffer, read, buffer.byteLength - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  if (read < LENGTH_BYTES) return undefined;
  const end = LENGTH_BYTES + buffer.readUInt32BE(0);
  return end > read ? undefined : buffer.subarray(LENGTH_BYTES, end);
}

/** What came in chunks of any length, in pieces of `PIECE_BYTES` but for the last; nothing is copied. */
function* inPieces(chunks: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let piece: Uint8Array[] = [];
  let room = PIECE_BYTES;
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.byteLength;) {
      const part = chunk.subarray(from, from + room);
      piece.push(part);
      from += part.byteLength;
      room -= part.byteLength;
      if (room > 0) continue;
      yield piece;
      piece = [];
      room = PIECE_BYTES;
    }
  }
  if (piece.length > 0) yield piece;
}

export const lengthOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { byteLength }) => sum + byteLength, 0);

const hashPlace = (id: string): string => `invoice ${id}`;
const piecePlace = (id: string, sha256: string, at: number): string => `invoice ${id} ${sha256} ${at}`;
