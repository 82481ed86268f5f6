import { expect, test } from '#test/support/packaged/test.ts';
import { whyNoSandbox } from '#test/support/packaged/ordinary-user.ts';
import { descendantsOf } from '#test/support/process.ts';
import { archiveOf, driverFile } from '#test/support/packaged/twin.ts';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

test('an ordinary user gets pages in the sandbox of the operating system', async ({ desk }) => {
  const reason = whyNoSandbox();
  test.skip(reason !== undefined, reason);
  const app = await desk.show();
  const processes = descendantsOf(app.pid).map((pid) => ({
    // A page's process is a fork, which joins its arguments with spaces.
    args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/),
    status: readFileSync(`/proc/${pid}/status`, 'utf8'),
  }));
  const pages = processes.filter(({ args }) => args.includes('--type=renderer'));
  expect(pages.length).toBeGreaterThan(0);
  for (const { args, status } of pages) {
    expect(args).not.toContain('--no-sandbox');
    expect(status).toMatch(/^Uid:\s+(?!0\s)/m);
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
  }
  expect(processes.flatMap(({ args }) => args)).not.toContain('--no-sandbox');
});

test('the driven twin is the package with one file more and another first file', async ({ desk }) => {
  const [shipped, twin] = [archiveOf(desk.shipped), archiveOf(desk.twin)];
  const filesIn = (archive: string) => listPackage(archive, { isPack: false }).map((path) => path.slice(1));
  const files = filesIn(shipped);
  expect(filesIn(twin).filter((path) => !files.includes(path))).toEqual([driverFile]);
  const changed = files.filter((path) => {
    const entry = statFile(shipped, path);
    return !('files' in entry) && !extractFile(shipped, path).equals(extractFile(twin, path));
  });
  expect(changed).toEqual(['package.json']);
  const binaries = [desk.shipped, desk.twin].map((folder) => statSync(join(folder, 'oscaro-desktop')).ino);
  expect(new Set(binaries).size).toBe(1);

  const { evaluate } = await desk.drive();
  expect(await evaluate(({ app }) => [app.isPackaged, app.getName()])).toEqual([true, 'Oscaro Desktop']);
});
