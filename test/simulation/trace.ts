import { createHash } from 'node:crypto';

/** What happened in a world, line by line. Two runs of one seed give the same lines; the digest says so in short. */
export class Trace {
  readonly lines: string[] = [];
  readonly #hash = createHash('sha256');
  readonly #print: ((line: string) => void) | undefined;
  count = 0;

  /** With `print` each line is shown as it comes; without, only the newest are kept. */
  constructor(print?: (line: string) => void) {
    this.#print = print;
  }

  add(line: string): void {
    this.count += 1;
    this.#hash.update(line).update('\n');
    this.#print?.(line);
    this.lines.push(line);
    if (this.lines.length > 400) this.lines.splice(0, 200);
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}

/** Ids as people can tell them apart in a trace: their last digits are the random ones. */
export const short = (id: string): string => id.slice(-6);
