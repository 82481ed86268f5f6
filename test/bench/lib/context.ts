import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { dataset } from '../data/dataset.ts';
import { installPeers } from '../peers/modules.ts';
import type { Size } from '../options.ts';
import { runProgram } from './program.ts';
import { Servers } from './servers.ts';

/** What is made once for all suites of a run, when the first of them asks: data, servers, filled databases. */
export class BenchContext {
  readonly runs: number;
  readonly size: Size;
  readonly withPeers: boolean;
  readonly servers = new Servers();
  readonly #root = mkdtempSync(join(tmpdir(), 'oscaro-bench-'));
  readonly #made = new Map<string, Promise<unknown>>();
  #folders = 0;

  constructor(options: { runs: number; size: Size; peers: boolean }) {
    this.runs = options.runs;
    this.size = options.size;
    this.withPeers = options.peers;
  }

  report = (line: string): void => {
    process.stderr.write(`  ${line}\n`);
  };

  data(size: Size = this.size): Promise<Dataset> {
    return this.#once(`data ${size}`, () => dataset(size));
  }

  /** Where the feed is served; the same address for the whole run, since an engine's folder remembers it. */
  feedUrl(size: Size = this.size): Promise<string> {
    return this.#once(`feed ${size}`, async () => {
      const { folder } = await this.data(size);
      const { url } = await this.startProgram('feed-server.ts', { folder });
      return url;
    });
  }

  /** For measurements that let the feed go on: afterwards it ends where it ended before, for whoever reads it next. */
  async withDeltas<T>(measure: () => Promise<T>, size: Size = this.size): Promise<T> {
    try {
      return await measure();
    } finally {
      await fetch(`${await this.feedUrl(size)}/bench/delta?upto=0`, { method: 'POST' });
    }
  }

  startProgram(name: string, input: unknown): Promise<{ url: string; pid: number }> {
    const file = join(import.meta.dirname, '..', 'programs', name);
    return this.servers.start(process.execPath, [file, JSON.stringify(input)]);
  }

  peers(): Promise<string> {
    return this.#once('peers', () => Promise.resolve(installPeers()));
  }

  /** A database as L1 leaves it. Shared: measure what reads it, or work on a copy. */
  floorFile(size: Size = this.size): Promise<string> {
    return this.#once(`floor ${size}`, async () => {
      const file = join(this.folder(), 'floor.db');
      await runProgram('floor-sync.ts', { url: await this.feedUrl(size), file, text: true });
      return file;
    });
  }

  /** An engine's folder after its first sync. Shared likewise. */
  engineFolder(size: Size = this.size): Promise<string> {
    return this.#once(`engine ${size}`, async () => {
      const folder = this.folder();
      const { facts } = await this.data(size);
      await runProgram('engine-sync.ts', { url: await this.feedUrl(size), folder, facts });
      return folder;
    });
  }

  /** An empty folder of its own. */
  folder(): string {
    this.#folders += 1;
    return mkdtempSync(join(this.#root, `${this.#folders}-`));
  }

  /** A copy that may be written to, of a file with its neighbours or of a folder. */
  copy(path: string): string {
    const folder = this.folder();
    cpSync(path, folder, { recursive: true });
    return folder;
  }

  drop(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.servers.stop();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(key) as Promise<T> | undefined;
    if (known) return known;
    const made = make();
    this.#made.set(key, made);
    return made;
  }
}
