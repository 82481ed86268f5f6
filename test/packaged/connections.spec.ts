import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveAway } from '#test/support/packaged/ordinary-user.ts';
import { expect, test } from '#test/support/packaged/test.ts';
import { startService } from '#test/support/service.ts';

const email = 'camille@example.org';
const password = 'a long enough sentence';

test('the app speaks with its account service and with nobody else', async ({ desk }) => {
  test.setTimeout(120_000);
  const service = await startService();
  try {
    await service.createAccount({ email, password });
    for (const path of [join(desk.home, '.config'), desk.userData, join(desk.home, 'calls')]) {
      mkdirSync(path, { recursive: true });
      giveAway(path);
    }
    const settings = join(desk.userData, 'settings.json');
    writeFileSync(settings, JSON.stringify({ serviceUrl: service.url }), { mode: 0o600 });
    giveAway(settings);

    // A file for each process, so that no line is broken by another; -D leaves the app the child of this process.
    const trace = ['strace', '-D', '-ff', '-qq', '-s', '0', '-e', 'trace=connect,sendto,sendmsg,sendmmsg'];
    const { inPage, quit } = await desk.drive({ under: [...trace, '-o', join(desk.home, 'calls', 'of')] });
    const signedIn = await inPage(
      `window.oscaro.calls['session.signIn'](${JSON.stringify({ email, password })})`,
    );
    expect(signedIn).toMatchObject({ ok: true });
    const synced = () => inPage(`window.oscaro.calls['sync.status']()`);
    await expect
      .poll(synced, { timeout: 30_000 })
      .toMatchObject({ ok: true, value: { phase: 'idle', lastSyncAt: expect.any(String) } });
    await quit();

    const calls = join(desk.home, 'calls');
    const lines = readdirSync(calls).flatMap((name) => readFileSync(join(calls, name), 'utf8').split('\n'));
    const reached = lines.flatMap((line) => destinationOf(line) ?? []);
    expect([...new Set(reached)]).toEqual([new URL(service.url).host]);
  } finally {
    await service.close();
  }
});

/** `connect(30, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16)`, whoever makes the call. */
function destinationOf(line: string): string | undefined {
  const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1];
  const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line);
  return port && address ? `${address[1] ?? address[2]}:${port}` : undefined;
}
