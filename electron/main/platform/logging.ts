import { join } from 'node:path';
import type { NodeLogger } from 'electron-log';
import { redact } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type LogFields = Record<string, string | number | boolean>;
/** ERROR means that a developer should look. Messages are fixed words; what varies goes into fields, never personal data. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

const maxBytes = 2 * 1024 * 1024;

/**
 * A log in `folder`, at most two files of 2 MiB. Lines wait in memory until electron-log is loaded, which is after the
 * window is on its way: nothing of the start waits for it. `flush` ends the wait, for what must not be lost.
 */
export function openLog(
  folder: string,
  options: { console: boolean },
): { log: Log; flush: () => Promise<void> } {
  const waiting: Array<[LogLevel, string]> = [];
  let logger: NodeLogger | undefined;
  let loading: Promise<void> | undefined;

  const load = async (): Promise<void> => {
    const { default: electronLog } = await import('electron-log/node');
    const created = electronLog.create({ logId: 'shell' });
    created.transports.file.resolvePathFn = () => join(folder, 'main.log');
    created.transports.file.maxSize = maxBytes;
    created.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
    created.transports.file.level = 'info';
    created.transports.console.level = options.console ? 'info' : false;
    logger = created;
    for (const [level, line] of waiting.splice(0)) created[level](line);
  };
  const flush = (): Promise<void> => (loading ??= load());

  const log: Log = (level, message, fields) => {
    const line = redact(fields ? `${message} ${formatFields(fields)}` : message);
    if (logger) logger[level](line);
    else waiting.push([level, line]);
  };
  return { log, flush };
}

/** What of an error helps a developer: its name, its message and where it was thrown. Redacted like everything else. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  return error.stack ?? `${error.name}: ${error.message}`;
}

function formatFields(fields: LogFields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? JSON.stringify(value) : String(value)}`)
    .join(' ');
}
