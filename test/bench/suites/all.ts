import type { Suite } from '../lib/suite.ts';
import { changes } from './changes.ts';
import { delta } from './delta.ts';
import { files } from './files.ts';
import { idle } from './idle.ts';
import { imports } from './imports.ts';
import { open } from './open.ts';
import { queries } from './queries.ts';
import { scale } from './scale.ts';
import { service } from './service.ts';
import { start } from './start.ts';
import { sync } from './sync.ts';
import { window } from './window.ts';

/** In the order in which they are measured and shown. */
export const suites: readonly Suite[] = [
  sync,
  delta,
  queries,
  open,
  changes,
  files,
  imports,
  scale,
  service,
  start,
  window,
  idle,
];
