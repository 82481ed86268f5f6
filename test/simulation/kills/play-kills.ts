import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { Basket } from '#shared/domain/basket.ts';
import { newId } from '#shared/domain/ids.ts';
import {
  dumpCache,
  dumpEntities,
  cachePath,
  openTestEngine,
  PASSWORD,
  testHost,
} from '#test/support/engine.ts';
import { aProfile } from '#test/support/entities.ts';
import type { Entity, RunningService } from '#test/support/service.ts';
import { startService } from '#test/support/service.ts';
import { countOf } from '../checks.ts';
import { roomyTmp } from '../live-service.ts';
import { demand } from '../violation.ts';

const VICTIM = join(import.meta.dirname, 'victim.ts');
const ROUNDS = 6;

interface Said {
  made: string[];
  undoing: string[];
  undone: string[];
  events: number | undefined;
}

/** Kills a process of the app at one event after the other; answers the exit code. */
export async function playKills({ every }: { every: number }): Promise<number> {
  const failures = await killAtEach(every, (line) => console.log(line));
  console.log(
    failures.length === 0 ? '✓ nothing was lost and nothing done twice' : `✗ ${failures.length} failed`,
  );
  return failures.length > 0 ? 1 : 0;
}

/** Answers what went wrong, a text for each. `every`: 1 for each event of the script, 10 for each tenth. */
export async function killAtEach(
  every: number,
  tell: (line: string) => void = () => undefined,
): Promise<string[]> {
  const service = await startService();
  const failures: string[] = [];
  try {
    const { events = 0 } = await killOnce(service, 0);
    tell(`the script has ${events} events`);
    for (let at = 1; at <= events; at += every) {
      try {
        await killOnce(service, at);
      } catch (error) {
        failures.push(`killed at event ${at}: ${error instanceof Error ? error.message : String(error)}`);
        tell(failures.at(-1) ?? '');
      }
    }
  } finally {
    await service.close();
  }
  return failures;
}

async function killOnce(service: RunningService, at: number): Promise<Said> {
  const root = mkdtempSync(join(roomyTmp(), 'simulation-kill-'));
  const folder = join(root, 'app');
  const [email, basketId, accountId] = [`${newId()}@example.org`, newId(), newId()];
  const then = '2026-03-01T10:00:00.000Z';
  const basket: Basket = {
    name: 'Counting',
    isTemplate: false,
    lines: [],
    createdAt: then,
    changedAt: then,
    edits: 0,
  };
  const entities: Entity[] = [
    { type: 'profile', id: accountId, value: aProfile({ email }) },
    { type: 'basket', id: basketId, value: basket },
  ];
  await service.createAccount({ email, password: PASSWORD, id: accountId, entities });
  try {
    const said = await runVictim([folder, service.url, email, PASSWORD, basketId, String(at)]);
    await recover(service.url, folder, email);
    await compare(service, { accountId, basketId, cache: cachePath(folder, accountId) }, said);
    return said;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runVictim(args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [VICTIM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0 && code !== null) throw new Error(`the app ended with ${code}: ${err.slice(0, 500)}`);
  const said: Said = { made: [], undoing: [], undone: [], events: undefined };
  for (const line of out.split('\n').filter(Boolean)) {
    const one = JSON.parse(line) as { made?: string; undoing?: string; undone?: string; events?: number };
    if (one.made !== undefined) said.made.push(one.made);
    if (one.undoing !== undefined) said.undoing.push(one.undoing);
    if (one.undone !== undefined) said.undone.push(one.undone);
    if (one.events !== undefined) said.events = one.events;
  }
  return said;
}

/** The app is started again on the same folder, and syncs. */
async function recover(url: string, folder: string, email: string): Promise<void> {
  const host = testHost();
  const keyring = `${folder}.keyring`;
  const kept = existsSync(keyring) ? readFileSync(keyring, 'utf8') : undefined;
  const engine = openTestEngine({ url, folder, host: { ...host, loadSecret: () => Promise.resolve(kept) } });
  try {
    const session = await engine.handlers['session.get'](undefined);
    if (!session.ok || session.value.state !== 'signed_in') await engine.signIn(email);
    for (let round = 0; round < ROUNDS; round += 1) {
      const status = await engine.sync();
      if (status.problem?.kind === 'session_expired') await engine.signIn(email);
      if (status.phase === 'idle' && status.changes.waiting === 0) return;
    }
    throw new Error(`never at rest: ${JSON.stringify(await engine.status())}`);
  } finally {
    await engine.close();
  }
}

async function compare(
  service: RunningService,
  { accountId, basketId, cache }: { accountId: string; basketId: string; cache: string },
  said: Said,
): Promise<void> {
  const db = new BetterSqlite(join(service.dataDir, 'accounts.db'), { readonly: true });
  const rows = db
    .prepare(
      `SELECT change FROM entities JOIN accounts ON accounts.key = account_key WHERE accounts.id = ? AND entities.deleted_at IS NULL`,
    )
    .pluck()
    .all(accountId) as string[];
  const taken = db
    .prepare('SELECT m.id FROM mutations m JOIN accounts ON accounts.key = account_key WHERE accounts.id = ?')
    .pluck()
    .all(accountId) as string[];
  db.close();
  const entities = rows.map((row) => JSON.parse(row) as Entity);
  demand(
    JSON.stringify(dumpCache(cache)) === JSON.stringify(dumpEntities(entities)),
    3,
    'the app differs from the service',
  );
  demand(new Set(taken).size === taken.length, 2, 'a change was taken twice');
  for (const id of said.made) demand(taken.includes(id), 1, 'a change that was accepted never arrived');
  const basket = entities.find(({ id }) => id === basketId)?.value as Basket;
  const [counted, made] = [countOf(basket), said.made.length];
  // The last one may have been kept without anybody having been told, and an undo likewise.
  const least = made - said.undoing.length;
  const most = made - said.undone.length + (said.events === undefined ? 1 : 0);
  demand(
    counted >= least && counted <= most,
    2,
    `${made} made, ${said.undone.length} undone, ${counted} counted`,
  );
  await Promise.resolve();
}
