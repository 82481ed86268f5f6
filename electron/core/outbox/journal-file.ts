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
import { LineSeal, newFileId } from './line-seal.ts';

/**
 * A file of lines that only grows, each `CRC-32 of the rest in 8 hex digits, a space, JSON without line breaks, \n`. With a key, the JSON is sealed
 * (line-seal.ts), and a line that is not is damage like any other.
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
  /** The number of the next sealed line, and the file that it goes into. */
  next: number;
  file: string;
}

const START: Place = { size: 0, chain: 0, count: 0, next: 0, file: '' };

const NEW_LINE = 0x0a;
const PREFIX = 9;

export class JournalFile {
  readonly path: string;
  readonly #before: BeforeWrite | undefined;
  readonly #seal: LineSeal | undefined;
  #file: number | undefined;
  #place: Place = START;
  /** Whether bytes may stand behind the place. */
  #untidy = false;
  /** How often it was written anew. */
  #written = 0;

  constructor(path: string, before?: BeforeWrite, key?: Uint8Array) {
    this.path = path;
    this.#before = before;
    this.#seal = key && new LineSeal(key);
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
    const place: Place = { ...START };
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(NEW_LINE, at);
      if (end < 0) break;
      const line = bytes.subarray(at, end);
      const text = whole(line);
      if (text === undefined && end === bytes.length - 1) break;
      const read = text === undefined ? DAMAGED : this.#read(text, place);
      if (read.json !== undefined) content.lines.push(read.json);
      if (read.damage) content.damaged += 1;
      place.chain = crc32(text === undefined ? line : line.subarray(0, PREFIX), place.chain);
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
    const { size, count, file, next } = this.#place;
    const { bytes, chain } = encode(this.#sealed(lines, file, next), this.#place.chain);
    this.#before?.('journal: write');
    this.#untidy = true;
    writeWhole(this.#opened(), bytes, size);
    this.#untidy = false;
    const after = { count: count + lines.length, next: next + lines.length };
    this.#place = { size: size + bytes.length, chain, file, ...after };
  }

  /** What was appended is on the disk from now on, whatever happens to the computer. */
  sync(): void {
    this.#before?.('journal: sync');
    fdatasyncSync(this.#opened());
  }

  replace(lines: readonly string[]): void {
    const temporary = `${this.path}.tmp`;
    const id = newFileId();
    const { bytes, chain } = encode(this.#sealed(lines, id, 0), 0);
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
    this.#place = { size: bytes.length, chain, count: lines.length, next: lines.length, file: id };
    this.#untidy = false;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /** The JSON of a line, and whether it shows that the file is not as it was written. */
  #read(text: string, place: Place): { json: string | undefined; damage: boolean } {
    if (!this.#seal) return { json: text, damage: false };
    const line = this.#seal.open(text);
    if (!line || (place.file !== '' && line.file !== place.file) || line.number < place.next) return DAMAGED;
    const damage = line.number !== place.count;
    place.file = line.file;
    place.next = line.number + 1;
    return { json: line.json, damage };
  }

  #sealed(lines: readonly string[], file: string, from: number): readonly string[] {
    const seal = this.#seal;
    return seal ? lines.map((json, at) => seal.seal({ file, number: from + at, json })) : lines;
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

const DAMAGED = { json: undefined, damage: true };

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
