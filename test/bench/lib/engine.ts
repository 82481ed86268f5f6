import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '#core/engine.ts';
import type { Engine, EngineHost } from '#core/api.ts';
import type { Env } from '#core/env.ts';
import { systemClock } from '#core/env.ts';
import type { Transport } from '#core/service/transport.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { TODAY } from '../data/dataset.ts';

type Secrets = Record<string, string>;

const keyringFile = (folder: string): string => join(folder, 'bench-keyring.json');

/** All that the keyring of a folder keeps, by its ids. */
export function secretsOf(folder: string): Secrets {
  const file = keyringFile(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Secrets) : {};
}

/** What the keyring of a folder keeps under this id; copies of the folder share it, and the session goes on where it stopped. */
export const secretOf = (folder: string, id: string): string | undefined => secretsOf(folder)[id];

function benchHost(folder: string): EngineHost {
  const keep = (secrets: Secrets): void => writeFileSync(keyringFile(folder), JSON.stringify(secrets));
  return {
    loadSecret: (id) => Promise.resolve(secretOf(folder, id)),
    saveSecret: (id, secret) => {
      keep({ ...secretsOf(folder), [id]: secret });
      return Promise.resolve({ durable: true });
    },
    deleteSecret: (id) => {
      const { [id]: _gone, ...rest } = secretsOf(folder);
      keep(rest);
      return Promise.resolve();
    },
    log: (level, message, fields) => {
      if (level === 'error' || level === 'warn') {
        process.stderr.write(`${level}: ${message} ${JSON.stringify(fields ?? {})}\n`);
      }
    },
  };
}

/** The engine as the app starts it, in this very thread. Invoices are fetched when asked for only. */
export function openEngine(folder: string, url: string, env: Partial<Env> = {}): Engine {
  return createEngine(
    {
      folder,
      settings: { serviceUrl: url, keepInvoiceMonths: 0, language: 'fr' },
      device: { name: 'bench', platform: 'linux', appVersion: '0.0.0' },
    },
    benchHost(folder),
    {
      clock: { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00Z`) + Math.round(performance.now()) },
      ...env,
    },
  );
}

/** A computer without a network. */
export const noNetwork: Transport = () =>
  Promise.reject(Object.assign(new Error('no network'), { code: 'ENETUNREACH' }));

/** The value of a call that has to succeed. */
export async function must<T>(result: Promise<Result<T>> | Result<T>): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(`the engine answered ${answer.error.kind}: ${answer.error.detail ?? ''}`);
  return answer.value;
}
