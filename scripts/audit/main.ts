import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Failure, runMain } from '#scripts/lib/failure.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { run } from '#scripts/lib/run.ts';
import { ensurePackaged } from '#scripts/package/package.ts';
import { compare, judgedFindings } from './findings.ts';
import type { Finding } from './findings.ts';
import { unpackForScan } from './lowered.ts';
import { installTools } from './tools.ts';

const policyFile = 'electron/main/windows/content-security-policy.ts';

await runMain(async () => {
  await ensureMessages();
  const tools = await installTools();
  const found = [...(await scan(tools)), ...(await secrets(tools))];
  const { unknown, gone } = compare(
    found,
    judgedFindings(await readFile(inRepo('docs', 'security.md'), 'utf8')),
  );
  for (const { id, where } of unknown) console.log(`✗ not judged: ${id} in ${where}`);
  for (const { id, where } of gone) console.log(`✗ judged, but not found any more: ${id} in ${where}`);
  const wrong = unknown.length + gone.length;
  console.log(
    wrong === 0 ? 'All that was found is judged in docs/security.md.' : 'See the table in docs/security.md.',
  );
  return wrong === 0 ? 0 : 1;
});

/** Sources and the packaged app, and the policy of its page. */
async function scan(tools: string): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  try {
    const packaged = await ensurePackaged({ forTests: true, installers: false });
    unpackForScan(join(packaged, 'resources', 'app.asar'), folder);
    const policy =
      /contentSecurityPolicy = \[(.*?)\]/s.exec(await readFile(inRepo(policyFile), 'utf8'))?.[1] ?? '';
    const directives = [...policy.matchAll(/(["'])(.*?)\1,\n/g)].map(([, , directive]) => directive);
    if (directives.length === 0) throw new Failure(`There is no policy in ${policyFile}.`);
    const inputs = [`electron=${inRepo('electron')}`, `package=${folder}`];
    const args = [join(tools, 'scan.mjs'), ...inputs, directives.join('; ')];
    const { code, stdout, output } = await run(process.execPath, args, { cwd: folder });
    const last = stdout.trim().split('\n').at(-1) ?? '';
    if (code !== 0 || !last.startsWith('{')) throw new Failure(`The scanners failed:\n${output}`);
    const { findings, unread } = JSON.parse(last) as { findings: Finding[]; unread: string[] };
    if (unread.length > 0) throw new Failure(`The scanner could not read:\n${unread.join('\n')}`);
    return findings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whatever looks like a key or a password in a file that is kept in the repository. */
async function secrets(tools: string): Promise<Finding[]> {
  const files = await run(
    'git',
    ['ls-files', '-z', '--', '.', ':!package-lock.json', ':!**/package-lock.json'],
    {
      cwd: inRepo(),
    },
  );
  const names = files.stdout.split('\0').filter((name) => name !== '' && !/\.(png|woff2?|pdf)$/.test(name));
  const cli = join(tools, 'node_modules', 'secretlint', 'bin', 'secretlint.js');
  const args = [
    cli,
    '--format',
    'json',
    '--secretlintrc',
    join(tools, 'secretlint.json'),
    '--no-glob',
    ...names,
  ];
  const { stdout, output } = await run(process.execPath, args, { cwd: inRepo() });
  if (!stdout.startsWith('[')) throw new Failure(`secretlint failed:\n${output}`);
  const reports = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
  return reports.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => ({ id: ruleId, where: filePath.slice(inRepo().length + 1) })),
  );
}
