import path from 'node:path';
import { parseArgs } from 'node:util';

import { inRepo } from '#scripts/lib/repo.ts';

export type ScreenshotOptions = {
  readonly folder: string;
  readonly width: number;
  readonly height: number;
  readonly language: 'fr' | 'en';
  readonly account: string;
};

/** Pixels; a string says what is wrong with the arguments. */
export function parseScreenshotOptions(args: readonly string[]): ScreenshotOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        folder: { type: 'string', default: inRepo('docs', 'pictures') },
        size: { type: 'string', default: '1440x900' },
        lang: { type: 'string', default: 'fr' },
        account: { type: 'string', default: 'garage@example.org' },
      },
    });
    const size = /^(\d{3,4})x(\d{3,4})$/.exec(values.size);
    if (!size) return `--size is WIDTHxHEIGHT, such as 1440x900; not ${values.size}`;
    if (values.lang !== 'fr' && values.lang !== 'en') return `--lang is fr or en; not ${values.lang}`;
    return {
      folder: path.resolve(values.folder),
      width: Number(size[1]),
      height: Number(size[2]),
      language: values.lang,
      account: values.account,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
