import { alternate } from '../lib/alternate.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

const VEHICLES = 50_000;

export const imports: Suite = {
  name: 'imports',
  figures: [
    {
      id: '20',
      title: 'a file of 50,000 vehicles looked through, against the parser alone',
      unit: 'ms',
      subject: 'engine.previewMs',
      floor: 'bare.readMs',
      goal: { kind: 'ratio', atMost: 6 },
    },
    {
      id: '20b',
      title: 'its vehicles imported, against bare inserts with as many flushes',
      unit: 'ms',
      subject: 'engine.applyMs',
      floor: 'bare.keepMs',
      goal: { kind: 'ratio', atMost: 4 },
    },
    {
      id: '20c',
      title: 'longest answer to somebody else while it looks through (beside it: with nothing to do)',
      unit: 'ms',
      subject: 'engine.previewWaitMs',
      floor: 'engine.idleWaitMs',
      goal: { kind: 'value', atMost: 50 },
    },
    {
      id: '20d',
      title: 'longest answer to somebody else while it imports (beside it: with nothing to do)',
      unit: 'ms',
      subject: 'engine.applyWaitMs',
      floor: 'engine.idleWaitMs',
      goal: { kind: 'value', atMost: 50 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const synced = await context.engineFolder();
    return alternate(
      {
        bare: async () => {
          const folder = context.folder();
          const metrics = await runProgram('floor-import.ts', { folder, vehicles: VEHICLES });
          context.drop(folder);
          return metrics;
        },
        engine: async () => {
          const folder = context.copy(synced);
          const metrics = await runProgram('engine-import.ts', { url, folder, vehicles: VEHICLES });
          context.drop(folder);
          return metrics;
        },
      },
      context.runs,
      context.report,
    );
  },
};
