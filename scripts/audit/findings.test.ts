import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { inRepo } from '#scripts/lib/repo.ts';
import { compare, judgedFindings } from './findings.ts';

const page = `# Security

| not | this table | at | all |

## What scanners say

Words.

| finding | where | verdict | why |
| --- | --- | --- | --- |
| \`A_CHECK\` | \`electron/main/start.ts\` | not a hole | It is checked. |
| \`B_CHECK\` | \`package\` | accepted | It cannot be otherwise. |

## Reporting a hole
`;

describe('judgedFindings', () => {
  it('reads the table below its heading and nothing else', () => {
    expect(judgedFindings(page)).toEqual([
      { id: 'A_CHECK', where: 'electron/main/start.ts' },
      { id: 'B_CHECK', where: 'package' },
    ]);
  });

  it('takes no judgement without its reason', () => {
    expect(() => judgedFindings(page.replace('It is checked.', ''))).toThrow('A_CHECK');
  });

  it('finds some on the page itself', () => {
    expect(judgedFindings(readFileSync(inRepo('docs', 'security.md'), 'utf8')).length).toBeGreaterThan(0);
  });
});

describe('compare', () => {
  const judged = judgedFindings(page);

  it('is content when all that is found was judged', () => {
    expect(compare([...judged, ...judged], judged)).toEqual({ unknown: [], gone: [] });
  });

  it('tells what nobody has judged, once', () => {
    const elsewhere = { id: 'A_CHECK', where: 'electron/main/index.ts' };
    expect(compare([...judged, elsewhere, elsewhere], judged).unknown).toEqual([elsewhere]);
  });

  it('tells judgements about what is gone', () => {
    expect(compare([], judged).gone).toEqual(judged);
  });
});
