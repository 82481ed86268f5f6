import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { treePssMb } from './memory.ts';

describe.runIf(process.platform === 'linux')('the memory of a process tree', () => {
  it('includes what the process has started', async () => {
    const grow = 'const held = Buffer.alloc(80 << 20, 1); process.stdout.write("x"); process.stdin.resume()';
    const child = spawn(process.execPath, ['-e', grow], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      const alone = treePssMb(child.pid ?? 0);
      expect(alone).toBeGreaterThan(80);
      expect(treePssMb(process.pid)).toBeGreaterThan(alone + 20);
    } finally {
      child.stdin.end();
      await once(child, 'exit');
    }
  });

  it('is nothing for a process that is gone', () => {
    expect(treePssMb(2 ** 30)).toBe(0);
  });
});
