import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import { userData, whyNoApp } from '../lib/app.ts';
import { runProgram } from '../lib/program.ts';
import { startService } from '../lib/real-service.ts';
import type { Suite } from '../lib/suite.ts';
import { ORDERS } from '../options.ts';

const hello = join(import.meta.dirname, '..', 'programs', 'hello');
const SECONDS = 20;

export const idle: Suite = {
  name: 'idle',
  unavailable: () => (process.platform === 'linux' ? whyNoApp() : 'processor time is read from /proc'),
  figures: [
    {
      id: '19',
      title: 'processor time of an idle engine, stream of hints open, against a bare process that holds one',
      unit: 'ms/s',
      subject: 'engine.msPerSecond',
      floor: 'stream.msPerSecond',
      goal: { kind: 'excess', atMost: 0.5 },
    },
    {
      id: '19b',
      title: 'processor time of the idle app, all processes, against an empty window',
      unit: 'ms/s',
      subject: 'app.msPerSecond',
      floor: 'hello.msPerSecond',
      goal: { kind: 'excess', atMost: 2 },
    },
  ],
  measure: async (context) => {
    const orders = ORDERS[context.size];
    const { url } = await startService(context, orders);
    const inFolder = async (
      program: string,
      input: object,
      made: (folder: string) => object | Promise<object>,
    ) => {
      const folder = context.folder();
      const metrics = await runProgram(program, { url, seconds: SECONDS, ...input, ...(await made(folder)) });
      context.drop(folder);
      return metrics;
    };
    return alternate(
      {
        stream: () => runProgram('floor-idle.ts', { url, seconds: SECONDS }),
        engine: () => inFolder('engine-idle.ts', { orders }, (folder) => ({ folder })),
        hello: () =>
          inFolder('window-idle.ts', { hello, orders }, async (folder) => ({
            data: await userData(folder, url),
          })),
        app: () =>
          inFolder('window-idle.ts', { orders }, async (folder) => ({ data: await userData(folder, url) })),
      },
      context.runs,
      context.report,
    );
  },
};
