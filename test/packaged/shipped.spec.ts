import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refusedSwitches } from '#main/platform/launch.ts';
import { giveAway } from '#test/support/packaged/ordinary-user.ts';
import { expect, test } from '#test/support/packaged/test.ts';
import { archiveOf } from '#test/support/packaged/twin.ts';

test.describe('the package', () => {
  test('has every fuse set, as read from its binary', async ({ desk }) => {
    const wire = await getCurrentFuseWire(join(desk.shipped, 'oscaro-desktop'));
    const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      nodeCliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      fileProtocolExtraPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      browserSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      nodeCliInspect: false,
      fileProtocolExtraPrivileges: false,
      browserSnapshot: false,
      cookieEncryption: true,
      onlyLoadAppFromAsar: true,
      asarIntegrity: true,
    });
  });

  test('holds what the app needs and nothing else', ({ desk }) => {
    const files = listPackage(archiveOf(desk.shipped), { isPack: false });
    const needed = [
      /^\/(package\.json|resources(\/icon\.png)?)$/,
      /^\/out(\/(main|preload|renderer)(\/.*)?)?$/,
      /^\/node_modules(\/better-sqlite3(\/package\.json|\/lib(\/.*)?)?)?$/,
      new RegExp(`^/node_modules/better-sqlite3/prebuilds(/${process.platform}-${process.arch}\\.node)?$`),
    ];
    expect(files.filter((file) => !needed.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(files.filter((file) => /\.(map|ts|svelte)$|\.(test|spec)\./.test(file))).toEqual([]);
    expect(files).toContain('/out/main/index.js');
  });

  test('has beside its archive the native code alone, and no loader that would open other folders', ({
    desk,
  }) => {
    const resources = join(desk.shipped, 'resources');
    expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    const beside = readdirSync(join(resources, 'app.asar.unpacked'), {
      recursive: true,
      withFileTypes: true,
    });
    const files = beside.filter((entry) => entry.isFile()).map((entry) => entry.name);
    expect(files).toEqual([`${process.platform}-${process.arch}.node`]);
  });
});

test.describe('the shipped app', () => {
  for (const name of refusedSwitches) {
    test(`does not start with --${name}`, async ({ desk }) => {
      const { code, output } = await desk.start({ args: [`--${name}=9222`] }).ended;
      expect(output).toContain(`--${name} is not available in this app.`);
      expect(output).not.toContain('DevTools listening');
      expect(code).toBe(1);
      expect(desk.log()).toBe('');
    });
  }

  test('does not start with a debugging port that is spelled with one dash', async ({ desk }) => {
    const { code, output } = await desk.start({ args: ['-remote-debugging-port=9222'] }).ended;
    expect(output).toContain('not available');
    expect(code).toBe(1);
  });

  test('is no Node for whoever asks by variable or by switch', async ({ desk }) => {
    const marker = join(desk.home, 'ran');
    const script = `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`;
    const app = await desk.show({
      args: ['--inspect=0', '--inspect-brk=0', '-e', script],
      env: {
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--inspect=0 --require ${marker}.cjs`,
        ELECTRON_ENABLE_LOGGING: '1',
      },
    });
    expect(readdirSync(desk.home)).not.toContain('ran');
    app.signal('SIGUSR1');
    app.signal('SIGTERM');
    const { output } = await app.ended;
    expect(output).not.toMatch(/Debugger listening|DevTools listening/);
  });

  test('takes neither its service nor its folder nor its page from the environment', async ({ desk }) => {
    const elsewhere = join(desk.home, 'elsewhere');
    const { evaluate, inPage } = await desk.drive({
      env: {
        OSCARO_USER_DATA: elsewhere,
        OSCARO_SERVICE_URL: 'http://127.0.0.1:9/',
        OSCARO_DEMO: '1',
        OSCARO_TEST_KEYRING: Buffer.alloc(32).toString('base64'),
        ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/',
      },
    });
    expect(await evaluate(({ app }) => app.getPath('userData'))).toBe(desk.userData);
    expect(readdirSync(desk.home)).not.toContain('elsewhere');
    expect(await inPage('location.href')).toMatch(/^app:\/\/oscaro\/index\.html/);
    const settings = await inPage(`window.oscaro.calls['settings.get']()`);
    expect(settings).toMatchObject({ ok: true, value: { serviceUrl: '' } });
    const info = (await inPage(`window.oscaro.calls['app.info']()`)) as { value: object };
    expect(info.value).not.toHaveProperty('demo');
  });

  test('runs once: a second start brings the first to the front and ends', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize());
    const second = await desk.start().ended;
    expect(second.code).toBe(0);
    const front = () =>
      evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        return windows.length === 1 && windows[0]!.isVisible() && !windows[0]!.isMinimized();
      });
    await expect.poll(front).toBe(true);
  });

  test('keeps everything where nobody else can look', async ({ desk }) => {
    // As a folder comes back from a backup, for example.
    mkdirSync(desk.userData, { recursive: true });
    for (const path of [join(desk.home, '.config'), desk.userData]) {
      chmodSync(path, 0o755);
      giveAway(path);
    }
    const { evaluate } = await desk.drive();
    const places = await evaluate(({ app }) =>
      (['userData', 'sessionData', 'crashDumps', 'logs'] as const).map((name) => app.getPath(name)),
    );
    for (const place of places) expect(`${place}/`).toContain(`${desk.userData}/`);
    expect(modeOf(desk.userData)).toBe(0o700);
    // What Chromium keeps for its reports of crashes, which are never sent, is behind the same door.
    const ours = below(desk.userData).filter((path) => !path.includes('/Crashpad'));
    const open = ours.filter((path) => (modeOf(path) & 0o077) !== 0);
    expect(open.map((path) => path.slice(desk.userData.length))).toEqual([]);
    // Libraries of the system (settings, graphics) have caches of their own.
    const theirs = /\/\.cache\/(dconf|mesa_shader_cache\w*|fontconfig)\//;
    const elsewhere = below(desk.home).filter((path) => !path.startsWith(`${desk.userData}/`));
    expect(elsewhere.filter((path) => statSync(path).isFile() && !theirs.test(path))).toEqual([]);
  });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Everything below a folder, links left out: the lock of the one instance is a link that names a process. */
function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
}
