import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '#shared/protocol/routes.ts';
import { spawnService } from '#test/support/service.ts';
import { call, pullAll, signIn } from './client.ts';

const MAIN = fileURLToPath(new URL('../../../service/main.ts', import.meta.url));
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'account-service-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const run = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

describe('the program', () => {
  it('loads the demo once, keeps it, and stops cleanly with a stream open', async () => {
    const args = [
      '--port',
      '0',
      '--data',
      data,
      '--demo',
      '--demo-orders',
      '30',
      '--demo-today',
      '2026-03-01',
    ];
    const first = await spawnService(args);
    const session = await signIn(first.url, 'garage@example.org', 'Demo-2026!');
    const pages = await pullAll(first.url, session.accessToken);
    const orders = pages.flatMap((page) => page.changes).filter((change) => change.type === 'order');
    expect(orders.length).toBeGreaterThanOrEqual(30);
    const invoice = pages.flatMap((page) => page.changes).find((change) => change.type === 'invoice');
    const pdf = await call(first.url, routes.invoicePdf(invoice!.id), { token: session.accessToken });
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    const stream = await call(first.url, routes.pokes, { token: session.accessToken });
    const rest = stream.text();
    expect(await first.stop()).toBe(0);
    expect(await rest).toContain('event: poke');
    expect(first.log()).not.toMatch(/example\.org|"level":[5-9]0/);

    const second = await spawnService([...args, '--log-level', 'silent']);
    const again = await signIn(second.url, 'garage@example.org', 'Demo-2026!');
    expect(again.account).toEqual(session.account);
    expect(await pullAll(second.url, again.accessToken)).toMatchObject([{ epoch: pages[0]!.epoch }]);
    // The database outlives the process, so its sessions do as well.
    expect((await call(second.url, routes.health)).status).toBe(200);
    expect(second.log()).toBe('');
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it('survives being killed', async () => {
    const args = ['--port', '0', '--data', data, '--demo', '--demo-orders', '5'];
    const first = await spawnService(args);
    const session = await signIn(first.url, 'camille@example.org', 'Demo-2026!');
    const before = await pullAll(first.url, session.accessToken);
    expect(await first.stop('SIGKILL')).toBeNull();
    const second = await spawnService(args);
    expect(await pullAll(second.url, session.accessToken)).toEqual(before);
    await second.stop();
  });

  it('takes its settings from the environment, flags first, and keeps its data to itself', async () => {
    const service = await spawnService(['--port', '0', '--log-level', 'silent'], {
      OSCARO_SERVICE_DATA: data,
      OSCARO_SERVICE_PORT: 'nonsense, but the flag wins',
      OSCARO_SERVICE_RATE_LIMIT: '2',
    });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await call(service.url, routes.health)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(statSync(join(data, 'accounts.db')).mode & 0o777).toBe(0o600);
    await service.stop();
  });

  it('refuses wrong flags and says which', async () => {
    const { code, stdout, stderr } = await run(['--port', 'http']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--port');
    expect(stderr).toContain('--data');
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['--port', '--data', '--demo-orders', '--restored']) expect(stdout).toContain(name);
  });

  it('refuses a database of a newer version and leaves it as it is', async () => {
    await (await spawnService(['--port', '0', '--data', data])).stop();
    const file = join(data, 'accounts.db');
    const db = new Database(file);
    const steps = db.prepare('select count(*) from migrations').pluck();
    const known = steps.get() as number;
    db.prepare('insert into migrations (name) values (?)').run('9999-from-the-future');
    db.close();
    const { code, stderr } = await run(['--port', '0', '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toContain('newer version');
    const after = new Database(file, { readonly: true });
    expect(after.prepare('select count(*) from migrations').pluck().get()).toBe(known + 1);
    after.close();
  });

  it('says so when the port is taken', async () => {
    const first = await spawnService(['--port', '0', '--data', data]);
    const { port } = new URL(first.url);
    const { code, stderr } = await run(['--port', port, '--data', join(data, 'other')]);
    await first.stop();
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(stderr).not.toContain('    at ');
  });
});
