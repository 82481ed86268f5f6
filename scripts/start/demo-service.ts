import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import type { Child, Children } from '#scripts/lib/children.ts';
import { Failure } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { say } from '#scripts/lib/step.ts';

const START_LIMIT_MS = 60_000;
const LOG_LINES_SHOWN = 20;

/** Starts the reference account service with its demo data and, when given, this mail server; returns its address once it answers. */
export async function startDemoService(children: Children, smtpUrl?: string): Promise<string> {
  const logFile = inRepo('.demo', 'service.log');
  mkdirSync(inRepo('.demo'), { recursive: true });
  const log = openSync(logFile, 'w');
  const service = children.start(
    process.execPath,
    [
      inRepo('service', 'main.ts'),
      ...['--port', '0', '--demo', '--data', inRepo('.demo', 'service')],
      ...(smtpUrl === undefined
        ? []
        : ['--smtp-url', smtpUrl, '--mail-from', 'Oscaro Desktop <demo@oscaro-desktop.localhost>']),
    ],
    { stdio: ['ignore', 'pipe', log] },
  );
  closeSync(log);
  const url = await readyUrl(service);
  if (url === undefined) throw new Failure(`The demo account service did not start:\n${tail(logFile)}`);
  say(`Demo account service on ${url} (log: .demo/service.log)`);
  return url;
}

/** The service says where it listens in one line of JSON; undefined when it ends or stays silent. */
async function readyUrl(service: Child): Promise<string | undefined> {
  const stdout = service.process.stdout;
  if (!stdout) return undefined;
  return new Promise((resolve) => {
    setTimeout(resolve, START_LIMIT_MS, undefined).unref();
    void service.ended.then(() => resolve(undefined));
    // Read to the end, so that the service never waits for a full pipe.
    createInterface({ input: stdout }).on('line', (line) => {
      const url = urlIn(line);
      if (url !== undefined) resolve(url);
    });
  });
}

/** The `url` in the service's ready line, undefined for any other line. */
export function urlIn(line: string): string | undefined {
  try {
    const { url } = JSON.parse(line) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}
