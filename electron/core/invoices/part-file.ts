import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** So much is gathered before it is written: most invoices fit and are written once. */
const WRITE_BYTES = 256 * 1024;
/** The end-of-file marker must be in the last KiB (ISO 32000-2, annex H). */
const TAIL_BYTES = 1024;

/**
 * A file that is still arriving. Its name holds the hash that the whole will have, so that after a cut, however long ago, what is here can be
 * continued if the service still has the very same file.
 */
export class PartFile {
  readonly path: string;
  readonly sha256: string;
  size = 0;
  readonly #hash: Hash = createHash('sha256');
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #file: FileHandle | undefined;

  constructor(folder: string, id: string, sha256: string) {
    this.path = join(folder, `${id}.${sha256}.part`);
    this.sha256 = sha256;
  }

  /** Takes up what an earlier attempt left. */
  async resume(): Promise<void> {
    for await (const chunk of createReadStream(this.path)) this.#note(chunk as Uint8Array);
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.#note(chunk);
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= WRITE_BYTES) await this.#flush();
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
    await this.#flush();
    await this.#close();
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

  async #flush(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    this.#file ??= await open(this.path, 'a', 0o600);
    await this.#file.appendFile(Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async #close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** What earlier attempts left of an invoice: the hash it was to have. Leftovers of other versions of the file are removed. */
export async function leftover(
  folder: string,
  id: string,
): Promise<{ sha256: string; size: number } | undefined> {
  let found: { sha256: string; size: number } | undefined;
  for (const name of await readdir(folder)) {
    const sha256 = name.startsWith(`${id}.`) ? /^[^.]+\.([0-9a-f]{64})\.part$/.exec(name)?.[1] : undefined;
    if (sha256 === undefined) continue;
    const { size } = await stat(join(folder, name));
    if (found || size === 0) await rm(join(folder, name), { force: true });
    else found = { sha256, size };
  }
  return found;
}
