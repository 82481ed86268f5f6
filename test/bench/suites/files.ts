import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import { runProgram } from '../lib/program.ts';
import type { Suite } from '../lib/suite.ts';

export const files: Suite = {
  name: 'files',
  figures: [
    {
      id: '15',
      title: '200 invoice PDFs stored and verified, against fetch, SHA-256 and atomic write',
      unit: 'ms',
      subject: 'engine.ms',
      floor: 'bare.ms',
      goal: { kind: 'ratio', atMost: 1.3 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const engine = await context.engineFolder();
    const ids = (await context.data()).facts.invoiceIds;
    return alternate(
      {
        bare: async () => {
          const folder = context.folder();
          const metrics = await runProgram('floor-files.ts', { url, folder: join(folder, 'pdf'), ids });
          context.drop(folder);
          return metrics;
        },
        engine: async () => {
          const folder = context.copy(engine);
          const metrics = await runProgram('engine-files.ts', { url, folder, ids });
          context.drop(folder);
          return metrics;
        },
      },
      context.runs,
      context.report,
    );
  },
};
