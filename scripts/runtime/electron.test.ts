import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { resolveElectron } from './electron.ts';
import { binaryPath } from './official.ts';

describe('resolveElectron', () => {
  it('takes the folder it is given before anything else', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'electron-'));
    const executable = join(dir, binaryPath('linux'));
    writeFileSync(executable, '');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: dir, OSCARO_RUNTIME: 'official' };
    if (process.platform === 'linux') {
      await expect(resolveElectron(env)).resolves.toMatchObject({ kind: 'override', executable });
    }
    rmSync(dir, { recursive: true });
  });

  it('says what is wrong with that folder', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };
    await expect(resolveElectron(env)).rejects.toThrow(
      'ELECTRON_OVERRIDE_DIST_PATH is /nowhere, but there is no',
    );
  });

  it('says what OSCARO_RUNTIME can be', async () => {
    await expect(resolveElectron({ OSCARO_RUNTIME: 'newest' })).rejects.toThrow(
      'it can be official or fallback',
    );
  });
});
