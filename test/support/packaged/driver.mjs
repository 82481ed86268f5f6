// The first file of the driven twin of the package (test/support/packaged/twin.ts), in front of the app's own: runs what a test sends over
// the channel of its parent process, in the main process, and answers. It is in no package that anybody gets.
import * as electron from 'electron';

process.on(
  'message',
  (/** @type {{ id: number, source: string, argument: unknown }} */ { id, source, argument }) => {
    const run = async () => /** @type {unknown} */ (await (0, eval)(`(${source})`)(electron, argument));
    run().then(
      (value) => process.send?.({ id, value }),
      (error) => process.send?.({ id, error: String(error?.stack ?? error) }),
    );
  },
);

await import(new URL('./out/main/index.js', import.meta.url).href);
