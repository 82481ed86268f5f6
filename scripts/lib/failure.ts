/** A failure whose message is meant for the person at the terminal: shown without a stack. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
  }
}

/**
 * Runs an entry point and ends the process with its exit code, whatever else is still under way. A {@link Failure} is
 * shown as words, anything else as the bug it is.
 */
export async function runMain(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exit(error instanceof Failure ? error.exitCode : 1);
  }
}
