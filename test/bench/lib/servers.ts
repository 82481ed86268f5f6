import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 120_000;

export interface Server {
  url: string;
  pid: number;
}

/** The servers that the benches have started; all of them end with the run, and nothing else does. */
export class Servers {
  readonly #children: ChildProcess[] = [];

  /** Starts a program that prints one line of JSON with `port` or `url` once it listens. */
  async start(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Server> {
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
    const child = spawn(command, args, { stdio, env: { ...process.env, ...env } });
    this.#children.push(child);
    const late = setTimeout(() => child.kill(), START_LIMIT_MS);
    try {
      // Read to the end, so that the server never waits for a full pipe.
      const url = await new Promise<string>((resolve, reject) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const found = addressIn(line);
          if (found !== undefined) resolve(found);
        });
        child.once('error', reject);
        child.once('exit', (code) =>
          reject(new Error(`${args.join(' ')} ended with ${code} before it listened`)),
        );
      });
      return { url, pid: child.pid ?? 0 };
    } finally {
      clearTimeout(late);
    }
  }

  /** Ends one of them before the others, and waits until it has. */
  async end({ pid }: Server): Promise<void> {
    const at = this.#children.findIndex((child) => child.pid === pid);
    if (at >= 0) await Promise.all(this.#children.splice(at, 1).map(ended));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.splice(0).map(ended));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

function addressIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  const { url, port } = JSON.parse(line) as { url?: unknown; port?: unknown };
  if (typeof url === 'string') return url;
  return typeof port === 'number' ? `http://127.0.0.1:${port}` : undefined;
}
