import { createEngine } from '#core/engine.ts';
import type { Engine, EngineHost } from '#core/api.ts';
import { systemClock } from '#core/env.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { TODAY } from '../data/dataset.ts';

/** A host with a keyring that already holds a session: the feed server takes any token. */
function benchHost(): EngineHost {
  const secrets = new Map<string, string>();
  return {
    loadSecret: (account) => Promise.resolve(secrets.get(account) ?? 'bench-refresh-token-0000'),
    saveSecret: (account, secret) => {
      secrets.set(account, secret);
      return Promise.resolve({ durable: true });
    },
    deleteSecret: (account) => {
      secrets.delete(account);
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
export function openEngine(folder: string, url: string): Engine {
  return createEngine(
    {
      folder,
      settings: { serviceUrl: url, keepInvoiceMonths: 0, language: 'fr' },
      device: { name: 'bench', platform: 'linux', appVersion: '0.0.0' },
    },
    benchHost(),
    { clock: { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00Z`) + performance.now() } },
  );
}

/** The value of a call that has to succeed. */
export async function must<T>(result: Promise<Result<T>> | Result<T>): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(`the engine answered ${answer.error.kind}: ${answer.error.detail ?? ''}`);
  return answer.value;
}
