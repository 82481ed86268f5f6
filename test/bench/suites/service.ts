import { alternate } from '../lib/alternate.ts';
import { ORDERS } from '../options.ts';
import { runProgram } from '../lib/program.ts';
import { startService } from '../lib/real-service.ts';
import type { Suite } from '../lib/suite.ts';

export const service: Suite = {
  name: 'service',
  unavailable: () => (process.platform === 'linux' ? undefined : 'what a server computes is read from /proc'),
  figures: [
    {
      id: '17',
      title: 'pull pages of 500 for each second the service computes, against the same bytes made beforehand',
      unit: '/s',
      subject: 'service.pagesPerSecond',
      floor: 'static.pagesPerSecond',
      goal: { kind: 'ratio', atLeast: 0.5 },
    },
    {
      id: '17b',
      title: 'the same, p99 of a page with four readers (beside it: made beforehand)',
      unit: 'ms',
      subject: 'service.p99Ms',
      floor: 'static.p99Ms',
    },
    {
      id: '17c',
      title: 'memory that 1,000 open poke streams add',
      unit: 'MB',
      subject: 'pokes.grownMb',
      goal: { kind: 'value', atMost: 100 },
    },
  ],
  measure: async (context) => {
    const { folder } = await context.data();
    const fixed = await context.startProgram('feed-server.ts', { folder });
    const real = await startService(context, ORDERS[context.size]);
    return alternate(
      {
        static: () => runProgram('load-pull.ts', fixed),
        service: () => runProgram('load-pull.ts', real),
        // A fresh one each time: memory that a load has freed would hide what the streams take.
        pokes: async () => runProgram('load-pokes.ts', await startService(context, 10)),
      },
      context.runs,
      context.report,
    );
  },
};
