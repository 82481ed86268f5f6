import { AssertionError } from 'node:assert';
import { ZodError } from 'zod';
import { runCase } from './case.ts';
import { openMailbox } from './mailbox.ts';
import { HELP, OptionsError, readOptions, type Options } from './options.ts';
import { waiting } from './patience.ts';
import { Skipped } from './skipped.ts';
import { suite } from './suite.ts';
import { personOf, signOut, World } from './world.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);

function optionsOrExit(): Options {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== 'help') return options;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    process.stderr.write(`${error.message}\nnpm run conformance -- --help says what is needed.\n`);
    process.exit(2);
  }
}

async function worldOrExit({ service, one, other, mailbox, patienceSeconds }: Options): Promise<World> {
  const inbox = mailbox === undefined ? undefined : openMailbox(mailbox);
  const around = { mailbox: inbox, patience: waiting(patienceSeconds) };
  try {
    await inbox?.check();
  } catch (error) {
    exitBecause(`The mailbox cannot be read: ${wordsOf(error)}`);
  }
  try {
    return new World(service, await personOf(service, one), await personOf(service, other), around);
  } catch (error) {
    exitBecause(`Signing in and reading once did not work: ${wordsOf(error)}`);
  }
}

function exitBecause(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

/** What went wrong, for a person: an expectation as it is, anything else with where it happened. */
function wordsOf(error: unknown): string {
  if (error instanceof AssertionError) return error.message;
  if (error instanceof ZodError) return `The answer breaks its schema: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return error instanceof TypeError || error.name === 'TimeoutError'
    ? `${error.message}${cause}`
    : (error.stack ?? error.message);
}

const options = optionsOrExit();
const world = await worldOrExit(options);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const { title, cases } of suite) {
  write(title);
  for (const one of cases) {
    try {
      await runCase(one, world);
      passed += 1;
      write(`  ok    ${one.name}`);
    } catch (error) {
      if (error instanceof Skipped) {
        skipped += 1;
        write(`  skip  ${one.name}: ${error.message}`);
        continue;
      }
      failed += 1;
      write(`  FAIL  ${one.name}\n${wordsOf(error).replace(/^/gm, '        ')}`);
    }
  }
}
for (const person of [world.one, world.other]) await signOut(options.service, person);
write(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
