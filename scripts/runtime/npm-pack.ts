import { join } from 'node:path';

import { Failure } from '#scripts/lib/failure.ts';
import { npm } from '#scripts/lib/npm.mjs';
import { run } from '#scripts/lib/run.ts';

/** Fetches a package's tarball with the npm client and its settings; returns its path. */
export async function npmPack(spec: string, intoDir: string): Promise<string> {
  const { command, args } = npm(['pack', spec, '--silent', '--json', '--pack-destination', intoDir]);
  const { code, stdout, output } = await run(command, args);
  if (code !== 0) throw new Failure(`npm could not fetch ${spec}:\n${output}`);
  return join(intoDir, packedFileName(stdout));
}

/** The file name in `npm pack --json`; the report is a list, or in newer versions of npm an object by name. */
export function packedFileName(report: string): string {
  const parsed: unknown = JSON.parse(report);
  const [first] = Object.values(parsed as object) as { filename?: unknown }[];
  if (typeof first?.filename !== 'string')
    throw new Failure(`npm pack answered something unexpected: ${report}`);
  return first.filename;
}
