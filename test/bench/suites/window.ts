import { join } from 'node:path';
import { repoDir } from '#scripts/lib/repo.ts';
import { alternate } from '../lib/alternate.ts';
import { userData, whyNoApp } from '../lib/app.ts';
import { runProgram } from '../lib/program.ts';
import { firstScripts, gzipKb } from '../lib/shipped.ts';
import { sample } from '../lib/stats.ts';
import type { Suite } from '../lib/suite.ts';

export const window: Suite = {
  name: 'window',
  unavailable: whyNoApp,
  figures: [
    {
      id: '4',
      title: 'longest stall of the main process during a first sync (beside it: with nothing to do)',
      unit: 'ms',
      subject: 'sync.syncStallMs',
      floor: 'sync.idleStallMs',
      goal: { kind: 'value', atMost: 16 },
    },
    {
      id: '6b',
      title: 'newest 50 by vehicle and status, p95, seen by the page, against a call with the same rows',
      unit: 'ms',
      subject: 'queries.listP95',
      floor: 'queries.emptyP95',
      goal: { kind: 'ratio', atMost: 1.3 },
    },
    {
      id: '8',
      title: 'key press in search until its answer is painted, p95',
      unit: 'ms',
      subject: 'queries.searchP95',
      goal: { kind: 'value', atMost: 33 },
    },
    {
      id: '18',
      title: 'JavaScript before the first screen, gzip',
      unit: 'KB',
      subject: 'shipped.kb',
      goal: { kind: 'value', atMost: 120 },
    },
    {
      id: '18b',
      title: 'longest frame while scrolling all orders (beside it: p95)',
      unit: 'ms',
      subject: 'scroll.longestMs',
      floor: 'scroll.p95Ms',
      goal: { kind: 'value', atMost: 33 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const engine = await context.engineFolder();
    const { facts } = await context.data();
    const inWindow = async (program: string, filled: boolean) => {
      const data = await userData(context.folder(), url, filled ? engine : undefined);
      const metrics = await runProgram(program, { url, data, facts });
      context.drop(data);
      return metrics;
    };
    const samples = await alternate(
      {
        sync: () => inWindow('window-sync.ts', false),
        queries: () => inWindow('window-queries.ts', true),
        scroll: () => inWindow('window-scroll.ts', true),
      },
      context.runs,
      context.report,
    );
    const built = join(repoDir, 'out', 'renderer');
    return samples.set(
      'shipped.kb',
      sample(Array.from({ length: context.runs }, () => gzipKb(built, firstScripts(built)))),
    );
  },
};
