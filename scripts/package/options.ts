import { Failure } from '#scripts/lib/failure.ts';

export type PackageOptions = {
  /** Made from any Electron that runs here, and kept apart from what is meant for users. */
  readonly forTests: boolean;
  /** The installers of this system too, not the folder alone. */
  readonly installers: boolean;
};

export function parsePackageOptions(argv: readonly string[]): PackageOptions {
  const unknown = argv.filter((arg) => arg !== '--for-tests' && arg !== '--installers');
  const options = { forTests: argv.includes('--for-tests'), installers: argv.includes('--installers') };
  if (unknown.length > 0 || (options.forTests && options.installers)) {
    throw new Failure(
      `Not understood: ${argv.join(' ')}\nnpm run package [-- --installers], or npm run package -- --for-tests.`,
      2,
    );
  }
  return options;
}
