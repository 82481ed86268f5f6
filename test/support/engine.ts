import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Engine, EngineHost, EngineOptions, EngineSettings } from '#core/api.ts';
import type { Env } from '#core/env.ts';
import { createEngine } from '#core/engine.ts';
import { typeCodes } from '#core/db/codes.ts';
import { idText } from '#core/db/ids.ts';
import type { Result } from '#shared/ipc/errors.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import { openCache, rememberKeyring } from './keys.ts';
import type { Entity } from './service.ts';

export const PASSWORD = 'un-mot-de-passe-1!';
/** Trying codes takes no time worth speaking of. */
const QUICK_N = 2 ** 10;

export const EMAIL = 'camille@example.org';

/** A keyring that outlives engines, and what was logged. */
export interface TestHost extends EngineHost {
  secrets: Map<string, string>;
  logged: { level: string; message: string; fields?: Record<string, unknown> }[];
}

export function testHost(over: Partial<EngineHost> = {}): TestHost {
  const secrets = new Map<string, string>();
  const logged: TestHost['logged'] = [];
  rememberKeyring(secrets);
  return {
    secrets,
    logged,
    loadSecret: (id) => Promise.resolve(secrets.get(id)),
    saveSecret: (id, secret) => {
      secrets.set(id, secret);
      return Promise.resolve({ durable: true });
    },
    deleteSecret: (id) => {
      secrets.delete(id);
      return Promise.resolve();
    },
    log: (level, message, fields) => void logged.push({ level, message, ...(fields && { fields }) }),
    ...over,
  };
}

export interface TestEngine extends Engine {
  folder: string;
  host: TestHost;
  signIn: (email?: string) => Promise<void>;
  /** Syncs and answers the status when that has ended. */
  sync: () => Promise<SyncStatus>;
  status: () => Promise<SyncStatus>;
}

export interface TestEngineOptions {
  url: string;
  folder: string;
  host?: TestHost;
  env?: Partial<Env>;
  settings?: Partial<EngineSettings>;
  appVersion?: string;
}

export const engineOptions = (
  folder: string,
  url: string,
  settings: Partial<EngineSettings> = {},
): EngineOptions => ({
  folder,
  settings: { serviceUrl: url, keepInvoiceMonths: 0, language: 'fr', ...settings },
  device: { name: 'test', platform: 'linux', appVersion: '0.0.0' },
});

export function openTestEngine(options: TestEngineOptions): TestEngine {
  const host = options.host ?? testHost();
  const given = engineOptions(options.folder, options.url, options.settings);
  const device = { ...given.device, appVersion: options.appVersion ?? given.device.appVersion };
  const engine = createEngine({ ...given, device }, host, { stretchN: QUICK_N, ...options.env });
  const { handlers } = engine;
  return {
    ...engine,
    folder: options.folder,
    host,
    signIn: async (email = EMAIL) => {
      await must(handlers['session.signIn']({ email, password: PASSWORD }));
    },
    sync: () => must(handlers['sync.now'](undefined)),
    status: () => must(handlers['sync.status'](undefined)),
  };
}

/** The value of a call that has to succeed. */
export async function must<T>(result: Promise<Result<T>> | Result<T>): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(`answered ${answer.error.kind}: ${answer.error.detail ?? ''}`);
  return answer.value;
}

/** The kind of error of a call that has to fail. */
export async function kindOf(result: Promise<Result<unknown>> | Result<unknown>): Promise<string> {
  const answer = await result;
  if (answer.ok) throw new Error('this had to fail');
  return answer.error.kind;
}

/** Waits until a condition holds. */
export function until(condition: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`${what} did not come`);
    },
    { timeout: 20_000, interval: 10 },
  );
}

/** Folders that go when the test is over. */
export class Folders {
  readonly #made: string[] = [];

  make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'engine-test-'));
    this.#made.push(folder);
    return folder;
  }

  clear(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a page made by hand: it says nothing of changes. */
export const NO_NEWS = { replicaId: '', rejections: [], lastSeq: undefined, lastId: undefined };

export function cachePath(folder: string, accountId: string): string {
  return join(folder, 'accounts', accountId, 'cache.db');
}

/** Everything that a cache holds, in one order and one form, to compare with what the service has. */
export function dumpCache(path: string): string[] {
  const db = openCache(path, { readonly: true });
  try {
    const rows = db
      .prepare('SELECT type, id, bodies.body FROM base JOIN bodies ON bodies.pk = base.body')
      .all() as {
      type: number;
      id: Buffer;
      body: Buffer;
    }[];
    return rows
      .map((row) =>
        canonical(typeCodes.word(row.type), idText(row.id), JSON.parse(row.body.toString()) as unknown),
      )
      .sort();
  } finally {
    db.close();
  }
}

export function dumpEntities(entities: Iterable<Entity>): string[] {
  return [...entities].map(({ type, id, value }) => canonical(type, id, value)).sort();
}

function canonical(type: string, id: string, value: unknown): string {
  return `${type} ${id} ${JSON.stringify(sorted(value))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}
