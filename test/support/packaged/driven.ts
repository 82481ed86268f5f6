import type { ChildProcess } from 'node:child_process';
import type * as Electron from 'electron';

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** Asks the driver in the twin's main process; the same shape as Playwright's ElectronApplication.evaluate. */
export type Evaluate = <Result, Argument = undefined>(
  work: (electron: typeof Electron, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
) => Promise<Result>;

export function evaluateIn(child: ChildProcess): Evaluate {
  let last = 0;
  return (work, argument) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const end = (): void => {
        child.off('message', receive);
        child.off('exit', gone);
      };
      const receive = (answer: Answer): void => {
        if (answer.id !== id) return;
        end();
        if (answer.error !== undefined) reject(new Error(answer.error));
        else resolve(answer.value as Awaited<ReturnType<typeof work>>);
      };
      const gone = (): void => {
        end();
        reject(new Error('the app ended before it answered'));
      };
      child.on('message', receive);
      child.once('exit', gone);
      child.send({ id, source: work.toString(), argument });
    });
}
