import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '#core/engine.ts';
import type { Engine, EngineHost } from '#core/api.ts';
import type { Env } from '#core/env.ts';
import { systemClock } from '#core/env.ts';
import type { Transport } from '#core/service/transport.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { TODAY } from '../data/dataset.ts';

/** The keyring of a folder, which copies of it share: the session goes on where it stopped. The feed server takes any token. */
function benchHost(folder: string): EngineHost {
  const file = join(folder, 'bench-secret.txt');
  return {
    loadSecret: () =>
      Promise.resolve(existsSync(file) ? readFileSync(file, 'utf8') : 'bench-refresh-token-0000'),
    saveSecret: (_account, secret) => {
      writeFileSync(file, secret);
      return Promise.resolve({ durable: true });
    },
    deleteSecret: () => {
      writeFileSync(file, '');
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
