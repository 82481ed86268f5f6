/** What the command line and the environment ask of this start. */
export interface Launch {
  userDataDir: string | undefined;
  serviceUrl: string | undefined;
  language: 'fr' | 'en' | undefined;
  /** Offer the demo accounts on the sign-in screen. */
  demo: boolean;
  /** Where the demo's mails can be read, on the loopback only. */
  inboxUrl: string | undefined;
  /** Take a picture of the first real screen into this file, then quit. */
  screenshotFile: string | undefined;
  /** Where saved files go without asking: there is nobody to click in a test. */
  testSaveDir: string | undefined;
  /** The file that every question for one is answered with, for the same reason. */
  testOpenFile: string | undefined;
  /** In place of the system's keyring, which a machine without a desktop does not have: 32 bytes in base64. */
  testKeyring: Uint8Array | undefined;
  /** The page of the development server, on the loopback only. */
  devServerUrl: string | undefined;
}

/**
 * The environment is read in development and in tests only: in a packaged app it would let whoever sets a variable
 * choose where passwords are sent.
 */
export function readLaunch(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  packaged: boolean,
): Launch {
  const trusted = packaged ? {} : env;
  return {
    userDataDir: trusted['OSCARO_USER_DATA'] || undefined,
    serviceUrl: trusted['OSCARO_SERVICE_URL'] || undefined,
    language: languageOf(trusted['OSCARO_LANG']),
    demo: trusted['OSCARO_DEMO'] === '1',
    inboxUrl: trusted['OSCARO_DEMO'] === '1' ? loopbackOnly(trusted['OSCARO_DEMO_INBOX_URL']) : undefined,
    screenshotFile: valueOf(args, '--screenshot'),
    testSaveDir: trusted['OSCARO_TEST_SAVE_DIR'] || undefined,
    testOpenFile: trusted['OSCARO_TEST_OPEN_FILE'] || undefined,
    testKeyring: keyOf(trusted['OSCARO_TEST_KEYRING']),
    devServerUrl: loopbackOnly(trusted['ELECTRON_RENDERER_URL']),
  };
}

/**
 * Switches of Chromium that a packaged app does not start with. No fuse covers them: the first ones let any program on
 * this computer drive the app, the others take away what guards the page or start other programs in its place.
 */
export const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-targets',
  'disable-web-security',
  'load-extension',
  'js-flags',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
] as const;

/** `has` is Chromium's own reading of the command line, which knows more spellings than one looks for. */
export function refusedSwitch(has: (name: string) => boolean): string | undefined {
  return refusedSwitches.find(has);
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const found = args.find((arg) => arg.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || undefined;
}

function languageOf(value: string | undefined): 'fr' | 'en' | undefined {
  return value === 'fr' || value === 'en' ? value : undefined;
}

function keyOf(value: string | undefined): Uint8Array | undefined {
  const key = Buffer.from(value ?? '', 'base64');
  return key.length === 32 ? key : undefined;
}

function loopbackOnly(value: string | undefined): string | undefined {
  if (!value || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost') ? value : undefined;
}
