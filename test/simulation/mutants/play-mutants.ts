import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roomyTmp } from '../live-service.ts';
import { playSeeds } from '../pool.ts';
import type { Mutant } from './mutants.ts';
import { MUTANTS } from './patches.ts';

const TREE = join(import.meta.dirname, '..', '..', '..');
const NEEDED = ['shared', 'electron/core', 'service', 'test/simulation', 'test/support', 'package.json'];

/** Breaks the program on purpose, one way after the other, and shows that the simulation notices; answers the exit code. */
export async function playMutants(batch: {
  names: readonly string[];
  from: number;
  count: number;
  workers: number;
}): Promise<number> {
  const chosen = MUTANTS.filter(
    ({ name }) => batch.names.length === 0 || batch.names.some((part) => name.includes(part)),
  );
  let survivors = 0;
  for (const mutant of chosen) {
    const tree = breakTree(mutant);
    const started = performance.now();
    const played = await playSeeds({ ...batch, tree, untilFailure: true });
    rmSync(tree, { recursive: true, force: true });
    const [caught] = played.filter(({ failure }) => failure).sort((a, b) => a.seed - b.seed);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (!caught) survivors += 1;
    console.log(
      caught?.failure
        ? `✓ ${mutant.name}: seed ${caught.seed} (after ${played.length}, ${seconds} s): ${caught.failure.message.split('\n')[0]?.slice(0, 200)}`
        : `✗ ${mutant.name}: not noticed by ${played.length} seeds`,
    );
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} broken programs were noticed`);
  return survivors > 0 ? 1 : 0;
}

/** A copy of what is played, with the one change. Throws when the place is no longer there: then the mutant is to be written anew. */
function breakTree({ name, file, find, replace }: Mutant): string {
  const tree = mkdtempSync(join(roomyTmp(), 'simulation-mutant-'));
  for (const part of NEEDED) {
    mkdirSync(join(tree, part, '..'), { recursive: true });
    cpSync(join(TREE, part), join(tree, part), { recursive: true });
  }
  symlinkSync(join(TREE, 'node_modules'), join(tree, 'node_modules'));
  const path = join(tree, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2)
    throw new Error(`the mutant "${name}" does not find its place in ${file}`);
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  return tree;
}
