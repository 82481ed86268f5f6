import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Children } from '#scripts/lib/children.ts';
import { stopRequested } from '#scripts/lib/signals.ts';
import { say } from '#scripts/lib/step.ts';
import { prepareRuntime } from '#scripts/runtime/prepare.ts';
import type { PreparedRuntime } from '#scripts/runtime/prepare.ts';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { appEnv } from './app-env.ts';
import { startDemoService } from './demo-service.ts';
import { HELP, parseStartOptions } from './options.ts';
import type { StartOptions } from './options.ts';

export type Session = {
  readonly options: StartOptions;
  readonly children: Children;
  readonly runtime: PreparedRuntime;
  /** The whole environment for the app. */
  readonly env: NodeJS.ProcessEnv;
};

/**
 * What `npm start` and `npm run dev` share: reads the command line, prepares the machine, starts the service, lets
 * `runApp` run the app to its end, and ends all that was started, whether the app ends or someone asks to stop.
 */
export async function runSession(
  prepareApp: () => Promise<void>,
  runApp: (session: Session) => Promise<number>,
): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const children = new Children();
  try {
    const work = async () => {
      await ensureMessages();
      await prepareApp();
      const runtime = await prepareRuntime(children);
      const url = options.service.kind === 'url' ? options.service.url : await demoUrl(options, children);
      const env = { ...process.env, ...runtime.env, ...appEnv(options, url) };
      return runApp({ options, children, runtime, env });
    };
    return await Promise.race([work(), stopRequested()]);
  } finally {
    await children.stop();
  }
}

async function demoUrl(options: StartOptions, children: Children): Promise<string | undefined> {
  if (options.service.kind !== 'demo') return undefined;
  const url = await startDemoService(children);
  const emails = demoAccounts.accounts.map(({ email }) => email);
  say(`Demo accounts: ${emails.join(' or ')}, password ${demoAccounts.password}`);
  return url;
}
