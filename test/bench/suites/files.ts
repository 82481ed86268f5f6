import { join } from 'node:path';
import { alternate } from '../lib/alternate.ts';
import { bundle } from '../lib/bundle.ts';
import { runProgram, type Metrics } from '../lib/program.ts';
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
    {
      id: '15b',
      title: 'the same, against fetch, SHA-256, AES-256-GCM and atomic write',
      unit: 'ms',
      subject: 'engine.ms',
      floor: 'sealed.ms',
      goal: { kind: 'ratio', atMost: 1.3 },
    },
  ],
  measure: async (context) => {
    const url = await context.feedUrl();
    const engine = await context.engineFolder();
    const ids = (await context.data()).facts.invoiceIds;
    const [floorFiles, engineFiles] = [await bundle('floor-files.ts'), await bundle('engine-files.ts')];
    const floor = async (sealed: boolean): Promise<Metrics> => {
      const folder = context.folder();
      const metrics = await runProgram(floorFiles, { url, folder: join(folder, 'pdf'), ids, sealed });
      context.drop(folder);
      return metrics;
    };
    return alternate(
      {
        bare: () => floor(false),
        sealed: () => floor(true),
        engine: async () => {
          const folder = context.copy(engine);
          const metrics = await runProgram(engineFiles, { url, folder, ids });
          context.drop(folder);
          return metrics;
        },
      },
      context.runs,
      context.report,
    );
  },
};
