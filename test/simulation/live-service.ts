import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { Service } from '#service/app.ts';
import { buildService } from '#service/app.ts';

export interface Asked {
  method: 'GET' | 'POST' | 'DELETE';
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** In memory where the system offers that: a world writes thousands of small files and none of them has to survive. */
export const roomyTmp = (): string =>
  process.env['SIMULATION_TMP'] ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** The real account service, asked through its real routes without a socket. It outlives worlds: each makes accounts of its own. */
export class LiveService {
  /** The clock of whichever world is on. */
  now: () => number = () => 0;
  readonly #root: string;
  #folder: string;
  #service: Service | undefined;
  #backups = 0;

  constructor() {
    this.#root = mkdtempSync(join(roomyTmp(), 'simulation-service-'));
    this.#folder = join(this.#root, 'data');
  }

  get service(): Service {
    if (!this.#service) throw new Error('the service is not up');
    return this.#service;
  }

  get epoch(): string {
    return this.service.store.meta.epoch;
  }

  async up(restored = false): Promise<void> {
    this.#service = await buildService({
      dataDir: this.#folder,
      clock: { now: () => this.now() },
      passwordCost: { memoryKiB: 64, passes: 1 },
      limits: { requestsPerMinute: 0, signInsPerMinute: 0, refreshesPerMinute: 0 },
      tombstoneDays: 2,
      restored,
    });
  }

  async down(): Promise<void> {
    await this.#service?.close();
    this.#service = undefined;
  }

  async ask({ method, path, headers, body }: Asked): Promise<Answered> {
    const reply = await this.service.http.inject({
      method,
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    const given = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: reply.statusCode,
      headers: { ...Object.fromEntries(given), date: new Date(this.now()).toUTCString() } as Record<
        string,
        string
      >,
      body: reply.rawPayload,
    };
  }

  /** A copy of the database as a backup makes it; answers its name. */
  backup(): string {
    this.#backups += 1;
    const name = join(this.#root, `backup-${this.#backups}`);
    mkdirSync(name);
    const file = new BetterSqlite(join(this.#folder, 'accounts.db'));
    file.pragma('wal_checkpoint(TRUNCATE)');
    file.close();
    cpSync(join(this.#folder, 'accounts.db'), join(name, 'accounts.db'));
    return name;
  }

  /** The backup in place of the data; `told`: whether the one who did it said so, as the operating instructions ask. */
  async restore(backup: string, told: boolean): Promise<void> {
    await this.down();
    rmSync(this.#folder, { recursive: true });
    cpSync(backup, this.#folder, { recursive: true });
    await this.up(told);
  }

  dropBackups(): void {
    for (let n = 1; n <= this.#backups; n += 1)
      rmSync(join(this.#root, `backup-${n}`), { recursive: true, force: true });
  }

  async end(): Promise<void> {
    await this.down();
    rmSync(this.#root, { recursive: true, force: true });
  }
}
