const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Resolves at the first request to stop, with the exit code a shell would give. Further requests are ignored: the
 * clean-up that follows has its own time limit.
 */
export function stopRequested(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal === 'SIGINT' ? 130 : 143));
  });
}
