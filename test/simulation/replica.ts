import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, EngineHost } from '#core/api.ts';
import { createEngine } from '#core/engine.ts';
import type { Account } from './account.ts';
import { Disk } from './disk.ts';
import { EngineTables } from './engine-tables.ts';
import { FaultyDisk } from './faulty-disk.ts';
import type { Flight } from './network.ts';
import { Network } from './network.ts';
import type { PokeStream } from './poke-stream.ts';
import { Random } from './random.ts';
import type { Stir } from './settle.ts';
import type { VirtualTime } from './virtual-time.ts';
import { VirtualClock } from './virtual-time.ts';

export const SERVICE_URL = 'http://127.0.0.1:9';

export interface ReplicaPorts {
  root: string;
  time: VirtualTime;
  stir: Stir;
  nextFlight: () => number;
  onRequest: (replica: Replica, flight: Flight) => void;
  onProblem: (replica: Replica, what: string) => void;
}

/** A process of the app while it runs. */
interface Running {
  engine: Engine;
  network: Network;
  clock: VirtualClock;
  disk: FaultyDisk;
  /** Ids that the engine took. */
  ids: string[];
}

/** A computer with the app: its folder, its keyring, its clock, and now and then a running engine. */
export class Replica {
  readonly name: string;
  readonly account: Account;
  disk = new Disk();
  clockOffset = 0;
  appVersion = 1;
  running: Running | undefined;
  /** The folder as it was when its process was killed. */
  leftBehind: string | undefined;
  poke: PokeStream | undefined;
  secrets = new Map<string, string>();
  /** What the keyring has ever kept: with it the world looks into files that the app itself may not be able to open any more. */
  readonly everKept = (id: string): string | undefined => this.#everKept.get(id);
  readonly #everKept = new Map<string, string>();
  /** A database was spoiled on purpose, and it has not been rebuilt yet. */
  spoiled = false;
  /** Some file of it was, once: the engine may say so. */
  everSpoiled = false;
  readonly copies: { folder: string; disk: Disk }[] = [];
  readonly random: Random;
  tables: EngineTables;
  #folderCount = 0;
  #folder: string;
  readonly #ports: ReplicaPorts;

  constructor(name: string, account: Account, seed: number, number: number, ports: ReplicaPorts) {
    this.name = name;
    this.account = account;
    this.#ports = ports;
    this.random = new Random(seed, 100 + number);
    this.#folder = this.#newFolder();
    this.tables = new EngineTables(this.cache, this.everKept);
  }

  get folder(): string {
    return this.#folder;
  }

  get accountFolder(): string {
    return join(this.#folder, 'accounts', this.account.id);
  }

  get cache(): string {
    return join(this.accountFolder, 'cache.db');
  }

  get journal(): string {
    return join(this.accountFolder, 'changes.journal');
  }

  /** Whether there is a database to look into. */
  get known(): boolean {
    return !this.spoiled && this.tables.ready();
  }

  start(): Engine {
    const { time, stir } = this.#ports;
    const ids: string[] = [];
    const network = new Network(this.#ports.nextFlight, (flight) => {
      stir.count += 1;
      this.#ports.onRequest(this, flight);
    });
    const clock = new VirtualClock(time, () => this.clockOffset);
    const disk = new FaultyDisk(() => (stir.count += 1));
    const engine = createEngine(
      {
        folder: this.#folder,
        settings: { serviceUrl: SERVICE_URL, keepInvoiceMonths: 0, language: 'fr' },
        device: { name: this.name, platform: 'linux', appVersion: `1.0.${this.appVersion}` },
      },
      this.#host(disk),
      {
        transport: network.transport,
        clock,
        random: () => this.random.float(),
        newId: () => {
          const id = this.random.id(clock.now());
          ids.push(id);
          return id;
        },
        beforeWrite: disk.beforeWrite,
      },
    );
    this.running = { engine, network, clock, disk, ids };
    return engine;
  }

  /** Ends the process in good order. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    // The last one to close a database folds its log into it: that is the engine's business.
    this.tables.close();
    await running?.engine.close();
    this.#gone(running);
  }

  /** Ends it without a word; the folder stays as it is in this moment, or as it was when a write was its last. */
  async kill(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.leftBehind ??= this.copyFolder();
    running.disk.dead = true;
    this.running = undefined;
    running.network.cut();
    running.clock.stop();
    // What runs of it in this process has to end as well; it reaches nothing any more.
    await Promise.race([running.engine.close().catch(() => undefined), this.#ports.stir.settle()]);
    await this.#ports.stir.settle();
    this.#gone(running);
    this.useFolder(this.leftBehind);
    this.leftBehind = undefined;
  }

  /** The keyring of another computer takes the place of this one's. */
  takeKeyringOf(other: Replica): void {
    this.secrets = new Map(other.secrets);
    for (const [id, secret] of other.#everKept) this.#everKept.set(id, secret);
  }

  copyFolder(from = this.#folder): string {
    const copy = this.#newFolder();
    // The shared memory of SQLite is made anew; the lock is the process's.
    cpSync(from, copy, { recursive: true, filter: (path) => !/-shm$|lock\.db/.test(path) });
    return copy;
  }

  /** Another folder takes the place of this one. */
  useFolder(folder: string): void {
    this.tables.close();
    if (folder !== this.#folder) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = folder;
    this.tables = new EngineTables(this.cache, this.everKept);
  }

  #gone(running: Running | undefined): void {
    this.poke?.end();
    this.poke = undefined;
    running?.network.cut();
    running?.clock.stop();
    this.tables.close();
  }

  #newFolder(): string {
    this.#folderCount += 1;
    const folder = join(this.#ports.root, `${this.name}-${this.#folderCount}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }

  #host(disk: FaultyDisk): EngineHost {
    return {
      loadSecret: (id) => Promise.resolve(this.secrets.get(id)),
      saveSecret: (id, secret) => {
        if (!disk.dead) {
          this.secrets.set(id, secret);
          this.#everKept.set(id, secret);
        }
        return Promise.resolve({ durable: true });
      },
      deleteSecret: (id) => {
        if (!disk.dead) this.secrets.delete(id);
        return Promise.resolve();
      },
      log: (level, message, fields) => {
        if (level === 'error' && !disk.dead)
          this.#ports.onProblem(this, `${message} ${JSON.stringify(fields ?? {})}`);
      },
    };
  }
}
