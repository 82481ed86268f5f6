import type { App } from 'electron';
import { describeError, type Log } from './logging.ts';

/** How long closing the engine may hold up the end of the app: its writes are done, this is for tidying up. */
const closeLimitMs = 5_000;

/**
 * Ends what `close` ends before the app does, within a bounded time, whichever way the app is asked to quit. Returns
 * how to quit with an exit code.
 */
export function closeBeforeQuit(app: App, close: () => Promise<void>, log: Log): (exitCode: number) => void {
  let exitCode = 0;
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void withinLimit(close)
      .catch((error: unknown) => log('error', 'closing failed', { error: describeError(error) }))
      .finally(() => app.exit(exitCode));
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  return (code) => {
    exitCode = code;
    app.quit();
  };
}

/** A bug that nothing caught is logged, and the app goes on where it can: the engine's data is safe on its own. */
export function logUncaught(log: Log, flush: () => Promise<void>): void {
  const report = (message: string) => (error: unknown) => {
    log('error', message, { error: describeError(error) });
    void flush();
  };
  process.on('uncaughtException', report('uncaught exception'));
  process.on('unhandledRejection', report('unhandled rejection'));
}

async function withinLimit(close: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('closing took too long')), closeLimitMs);
  });
  try {
    await Promise.race([close(), late]);
  } finally {
    clearTimeout(timer);
  }
}
