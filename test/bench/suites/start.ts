import { join } from 'node:path';
import { repoDir } from '#scripts/lib/repo.ts';
import { alternate } from '../lib/alternate.ts';
import { startUntilPainted, userData, whyNoApp } from '../lib/app.ts';
import type { Suite } from '../lib/suite.ts';

const hello = join(import.meta.dirname, '..', 'programs', 'hello');

export const start: Suite = {
  name: 'start',
  unavailable: whyNoApp,
  figures: [
    {
      id: '11',
      title: 'app start until the first screen with its orders is painted, against an empty window',
      unit: 'ms',
      subject: 'app.ms',
      floor: 'hello.ms',
      goal: { kind: 'ratio', atMost: 1.25 },
    },
    {
      id: '11b',
      title: 'memory (PSS) of all processes, against an empty window',
      unit: 'MB',
      subject: 'app.pssMb',
      floor: 'hello.pssMb',
      goal: { kind: 'ratio', atMost: 1.25 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const engine = await context.engineFolder();
    return alternate(
      {
        hello: async () => {
          const folder = await userData(context.folder(), url);
          const metrics = await startUntilPainted(hello, folder, url);
          context.drop(folder);
          return metrics;
        },
        app: async () => {
          const folder = await userData(context.folder(), url, engine);
          const metrics = await startUntilPainted(repoDir, folder, url);
          context.drop(folder);
          return metrics;
        },
      },
      context.runs,
      context.report,
    );
  },
};
