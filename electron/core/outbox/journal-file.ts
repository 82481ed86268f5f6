import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { BeforeWrite } from '../db/connection.ts';

/**
 * A file of lines that only grows, each `CRC-32 of the rest in 8 hex digits, a space, JSON without line breaks, \n`.
 *
 * - A last line that is not whole was being written when the computer stopped: it is taken for never written.
 * - Any other line whose CRC is wrong is damage: it is skipped and counted, and the file is to be written anew.
 * - `chain` is a CRC over the CRCs of all lines. Together with the size it tells whether the file is the one that someone remembers.
 *
 * The file is replaced whole by writing another one beside it and renaming it. It may be read and written by its owner only.
 */
export interface JournalContent {
  /** The JSON of each good line. */
  lines: string[];
  damaged: number;
}

interface Place {
  size: number;
  chain: number;
  count: number;
}

const NEW_LINE = 0x0a;
const PREFIX = 9;

export class JournalFile {
  readonly path: string;
  readonly #before: BeforeWrite | undefined;
  #file: number | undefined;
  #place: Place = { size: 0, chain: 0, count: 0 };
  /** Whether bytes may stand behind the place. */
  #untidy = false;
  /** How often it was written anew. */
  #written = 0;

  constructor(path: string, before?: BeforeWrite) {
    this.path = path;
    this.#before = before;
  }

  /** Which file this is, for whoever has to recognise it. */
  get mark(): string {
    return `${this.#place.size} ${this.#place.chain}`;
  }

  get count(): number {
    return this.#place.count;
  }

  get size(): number {
    return this.#place.size;
  }

  /** Undefined when there is no file. */
  read(): JournalContent | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const content: JournalContent = { lines: [], damaged: 0 };
    const place: Place = { size: 0, chain: 0, count: 0 };
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(NEW_LINE, at);
      if (end < 0) break;
      const line = bytes.subarray(at, end);
      const json = whole(line);
      if (json === undefined && end === bytes.length - 1) break;
      if (json === undefined) content.damaged += 1;
      else content.lines.push(json);
      place.chain = crc32(json === undefined ? line : line.subarray(0, PREFIX), place.chain);
      place.count += 1;
      place.size = at = end + 1;
    }
    this.#place = place;
    this.#untidy = place.size !== bytes.length;
    return content;
  }

  /** Remembers where it stands. What is called with the answer takes back everything that was appended since. */
  here(): () => void {
    const place = this.#place;
    const written = this.#written;
    return () => {
      // One that was written anew meanwhile stays as it is: it holds what the database holds.
      if (written !== this.#written || (place === this.#place && !this.#untidy)) return;
      this.#place = place;
      this.#untidy = true;
      try {
        this.#tidy();
      } catch {
        // A disk that fails does so here as well; it is tried again before the next line is written.
      }
    };
  }

  append(lines: readonly string[]): void {
    this.#tidy();
    const { bytes, chain } = encode(lines, this.#place.chain);
    this.#before?.('journal: write');
    this.#untidy = true;
    writeWhole(this.#opened(), bytes, this.#place.size);
    this.#untidy = false;
    const { size, count } = this.#place;
    this.#place = { size: size + bytes.length, chain, count: count + lines.length };
  }

  /** What was appended is on the disk from now on, whatever happens to the computer. */
  sync(): void {
    this.#before?.('journal: sync');
    fdatasyncSync(this.#opened());
  }

  replace(lines: readonly string[]): void {
    const temporary = `${this.path}.tmp`;
    const { bytes, chain } = encode(lines, 0);
    this.#before?.('journal: write anew');
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeWhole(file, bytes, 0);
      fsyncSync(file);
    } catch (error) {
      closeSync(file);
      rmSync(temporary, { force: true });
      throw error;
    }
    closeSync(file);
    this.#before?.('journal: rename');
    this.close();
    renameSync(temporary, this.path);
    syncFolder(dirname(this.path));
    this.#written += 1;
    this.#place = { size: bytes.length, chain, count: lines.length };
    this.#untidy = false;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #opened(): number {
    return (this.#file ??= openSync(this.path, 'r+', 0o600));
  }

  #tidy(): void {
    if (!this.#untidy) return;
    this.#before?.('journal: truncate');
    ftruncateSync(this.#opened(), this.#place.size);
    this.#untidy = false;
  }
}

function whole(line: Uint8Array): string | undefined {
  if (line.length <= PREFIX) return undefined;
  const json = line.subarray(PREFIX);
  const prefix = Buffer.from(line.buffer, line.byteOffset, PREFIX).toString('latin1');
  return prefix === prefixOf(json) ? Buffer.from(json).toString('utf8') : undefined;
}

const prefixOf = (json: Uint8Array): string => `${crc32(json).toString(16).padStart(8, '0')} `;

function encode(lines: readonly string[], chainBefore: number): { bytes: Buffer; chain: number } {
  let chain = chainBefore;
  const pieces: Buffer[] = [];
  for (const line of lines) {
    const json = Buffer.from(line);
    const prefix = Buffer.from(prefixOf(json));
    chain = crc32(prefix, chain);
    pieces.push(prefix, json, Buffer.of(NEW_LINE));
  }
  return { bytes: Buffer.concat(pieces), chain };
}

function writeWhole(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** So that the new name is on the disk, too; some systems do not open folders, and their file systems do not need it. */
function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  } finally {
    closeSync(folder);
  }
}
