import { BenchContext } from './lib/context.ts';
import type { FigureResult } from './lib/figure.ts';
import { evaluate } from './lib/figure.ts';
import { header } from './lib/header.ts';
import { publish, record } from './lib/results.ts';
import { table } from './lib/table.ts';
import type { BenchOptions } from './options.ts';
import { USAGE, parseOptions } from './options.ts';
import { suites } from './suites/all.ts';

let options: BenchOptions;
try {
  options = parseOptions(
    process.argv.slice(2),
    suites.map(({ name }) => name),
  );
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exit(2);
}

const context = new BenchContext(options);
const stop = (): void => void context.close().finally(() => process.exit(130));
process.once('SIGINT', stop).once('SIGTERM', stop);

const chosen = suites.filter(({ name }) => options.suites.length === 0 || options.suites.includes(name));
const results: FigureResult[] = [];
let failed = false;
try {
  const facts = (await context.data()).facts;
  for (const suite of chosen) {
    const reason = suite.unavailable?.();
    if (reason) {
      console.error(`${suite.name}: not measured, ${reason}`);
      continue;
    }
    console.error(`${suite.name}:`);
    try {
      const samples = await suite.measure(context);
      const measured = suite.figures.map((figure) => evaluate(figure, samples));
      results.push(...measured);
      record(suite.name, {
        ...header(options, facts),
        figures: measured,
        samples: Object.fromEntries(samples),
      });
    } catch (error) {
      failed = true;
      console.error(`${suite.name} failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  if (results.length > 0) {
    const top = header(options, facts);
    console.log(`\n${top.data}\n${top.machine}\n\n${table(results)}`);
    if (options.publish) publish(top, results);
  }
} finally {
  await context.close();
}
process.exitCode = failed ? 1 : 0;
