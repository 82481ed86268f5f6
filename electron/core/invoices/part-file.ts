import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { writeAll } from '../files/write-all.ts';
import { partPath, type InvoiceFolder } from './folder.ts';
import { Frames, PIECE_BYTES } from './frames.ts';

/** The end-of-file marker must be in the last KiB (ISO 32000-2, annex H). */
const TAIL_BYTES = 1024;

/**
 * A file that is still arriving. It knows the hash that the whole will have, so that after a cut, however long ago, what is here can be continued if
 * the service still has the very same file. With a key only frames reach the disk (frames.ts).
 */
export class PartFile {
  readonly path: string;
  readonly sha256: string;
  /** Bytes of the PDF that have come. */
  size = 0;
  readonly #frames: Frames | undefined;
  readonly #hash: Hash = createHash('sha256');
  #recalled = false;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #file: FileHandle | undefined;

  constructor(folder: InvoiceFolder, id: string, sha256: string) {
    this.path = partPath(folder, id, sha256);
    this.sha256 = sha256;
    this.#frames = folder.key && new Frames(folder.key, id, sha256);
  }

  /** Takes up a piece that an earlier attempt has written. */
  recall(piece: Uint8Array): void {
    this.#recalled = true;
    this.#note(piece);
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.#note(chunk);
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    // Most invoices are smaller and are written once.
    if (this.#waitingBytes >= PIECE_BYTES) await this.#flush();
  }

  /** Keeps what has come so far, for the next attempt. */
  async suspend(): Promise<void> {
    await this.#flush();
    await this.#close();
  }

  /** Whether what has come is the whole, the right one, and a PDF. */
  isRight(): boolean {
    return (
      this.#hash.digest('hex') === this.sha256 &&
      this.#head.toString('latin1').startsWith('%PDF-') &&
      this.#tail.toString('latin1').includes('%%EOF')
    );
  }

  /**
   * Gives the file its name. It is not forced to the disk first: every file is checked against its hash when it is opened, so what a power cut
   * takes is noticed and fetched again, and two hundred invoices do not wait for two hundred disk flushes.
   */
  async finish(path: string): Promise<void> {
    try {
      await this.#flush({ isEnd: true });
    } finally {
      await this.#close();
    }
    await rename(this.path, path);
  }

  async discard(): Promise<void> {
    await this.#close();
    await rm(this.path, { force: true });
  }

  #note(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.size += chunk.byteLength;
    if (this.#head.byteLength < 8) this.#head = Buffer.concat([this.#head, chunk.subarray(0, 8)]);
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }

  /** Writes what waits and, if that was all of it, the mark of the end: most invoices are one write. */
  async #flush({ isEnd = false } = {}): Promise<void> {
    const plain = this.#waiting;
    // What a full disk took a part of must not be written after that part once more.
    this.#waiting = [];
    const parts = this.#frames ? this.#framed(this.#frames, plain, isEnd) : plain;
    this.#waitingBytes = 0;
    if (parts.length === 0) return;
    this.#file ??= await open(this.path, this.#recalled ? 'a' : 'w', 0o600);
    await writeAll(this.#file, parts);
  }

  #framed(frames: Frames, plain: readonly Uint8Array[], isEnd: boolean): Uint8Array[] {
    const pieces = plain.length > 0 ? frames.pieces(this.size - this.#waitingBytes, plain) : [];
    return isEnd ? [...pieces, ...frames.end(this.size)] : pieces;
  }

  async #close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}
