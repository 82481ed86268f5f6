const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const WATCH_PARENT_MS = 500;

/**
 * Resolves at the first request to stop, with the exit code a shell would give: a signal, or the end of the process
 * that started this one. Further requests are ignored: the clean-up that follows has its own time limit.
 */
export function stopRequested(): Promise<number> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal === 'SIGINT' ? 130 : 143));
    setInterval(() => {
      if (process.ppid !== parent) resolve(143);
    }, WATCH_PARENT_MS).unref();
  });
}
