import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildService, type Service, type ServiceOptions } from '#service/app.ts';
import type { Feed } from '#service/sync/feed.ts';
import type { EntityWrite } from '#service/sync/write-entities.ts';
import type { EntityType, EntityValue } from '#shared/domain/entities.ts';
import { newId, type Uuid } from '#shared/domain/ids.ts';

export type Entity = { [T in EntityType]: { type: T; id: Uuid; value: EntityValue<T> } }[EntityType];

export interface RunningService {
  url: string;
  service: Service;
  feed: Feed;
  dataDir: string;
  /** Makes an account, with these entities in its feed; answers its id. */
  createAccount(account: {
    email: string;
    password: string;
    entities?: Iterable<Entity>;
    id?: Uuid;
    displayName?: string;
  }): Promise<Uuid>;
  /** Stops it and, unless the folder was given, deletes its data. */
  close(): Promise<void>;
}

/** The real service in this process, on a free port, with its own folder; passwords are hashed cheaply and nothing is rate-limited. */
export async function startService(
  options: Partial<ServiceOptions> & { port?: number } = {},
): Promise<RunningService> {
  const { port = 0, ...given } = options;
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'account-service-'));
  const service = await buildService({
    passwordCost: { memoryKiB: 64, passes: 1 },
    limits: { requestsPerMinute: 0, signInsPerMinute: 0, refreshesPerMinute: 0, exportsPerMinute: 0 },
    ...given,
    dataDir,
  });
  const url = await service.http.listen({ port, host: '127.0.0.1' });
  return {
    url,
    service,
    feed: service.feed,
    dataDir,
    async createAccount({ email, password, entities = [], id = newId(), displayName = 'Camille' }) {
      await service.createAccount({ id, email, password, kind: 'private', displayName, locale: 'fr' });
      await service.feed.write(
        id,
        (function* (): Generator<EntityWrite> {
          for (const entity of entities) yield { op: 'put', ...entity };
        })(),
      );
      return id;
    },
    async close() {
      await service.close();
      if (given.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface SpawnedService {
  url: string;
  process: ChildProcess;
  /** What it has written to standard error so far. */
  log(): string;
  /** Sends the signal and waits for the end; answers the exit code, null after a kill. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const MAIN = fileURLToPath(new URL('../../service/main.ts', import.meta.url));

/** The service as a program of its own. Rejects, with what it said, when it ends before it is ready. */
export async function spawnService(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<SpawnedService> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  );
  const first = await Promise.race([ready, ended]);
  if (typeof first !== 'string') throw new Error(`The service ended with code ${first}:\n${log}`);
  return {
    url: (JSON.parse(first) as { url: string }).url,
    process: child,
    log: () => log,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
