import { join } from 'node:path';
import { repoDir } from '#scripts/lib/repo.ts';
import { TODAY } from '../data/dataset.ts';
import type { BenchContext } from './context.ts';
import type { Server } from './servers.ts';

/** The real service in a process of its own, on the data in a folder; an empty one is filled with the demo, the garage with so many orders. */
export function startService(
  context: BenchContext,
  orders: number,
  data = context.folder(),
): Promise<Server> {
  return context.servers.start(process.execPath, [
    join(repoDir, 'service', 'main.ts'),
    ...['--port', '0', '--data', data, '--log-level', 'error'],
    ...['--demo', '--demo-seed', 'bench', '--demo-today', TODAY, '--demo-orders', String(orders)],
    ...['--rate-limit', '0', '--max-streams', '2000'],
  ]);
}
