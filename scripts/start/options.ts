import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { Failure } from '#scripts/lib/failure.ts';

export type StartOptions = {
  readonly service:
    { readonly kind: 'demo' } | { readonly kind: 'url'; readonly url: string } | { readonly kind: 'none' };
  /** Absolute path of the picture to write. */
  readonly screenshot: string | undefined;
  readonly userData: string | undefined;
  readonly lang: 'fr' | 'en' | undefined;
  readonly help: boolean;
};

export const HELP = `npm start -- [options]

Starts the app on the demo account service, with its data under .demo/.

  --service URL      use the account service at this address instead
  --no-service       start the app alone, as if the service could not be reached
  --screenshot FILE  wait for the first screen, write a picture of it (PNG) and end
  --user-data DIR    keep the app's data in this folder
  --lang fr|en       the language of the app
  --help             show this
`;

/** Reads the command line; file names are relative to `baseDir`, where the person is. */
export function parseStartOptions(argv: readonly string[], baseDir: string): StartOptions {
  const values = parse(argv);
  if (values.service !== undefined && values['no-service'])
    throw usage('--service and --no-service exclude each other.');
  const { lang, screenshot } = values;
  if (lang !== undefined && lang !== 'fr' && lang !== 'en') throw usage(`--lang is fr or en, not ${lang}.`);
  return {
    service: values['no-service']
      ? { kind: 'none' }
      : values.service === undefined
        ? { kind: 'demo' }
        : { kind: 'url', url: httpUrl(values.service) },
    screenshot: screenshot === undefined ? undefined : resolve(baseDir, screenshot),
    userData: values['user-data'] === undefined ? undefined : resolve(baseDir, values['user-data']),
    lang,
    help: values.help ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        service: { type: 'string' },
        'no-service': { type: 'boolean' },
        screenshot: { type: 'string' },
        'user-data': { type: 'string' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function httpUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw usage(`--service takes an http(s) address, not ${text}.`);
  return text;
}

function usage(message: string): Failure {
  return new Failure(`${message}\nnpm start -- --help shows what is possible.`, 2);
}
