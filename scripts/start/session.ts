import { ensureMessages } from '#scripts/i18n/compile.ts';
import { Children } from '#scripts/lib/children.ts';
import { inRepo } from '#scripts/lib/repo.ts';
import { stopRequested } from '#scripts/lib/signals.ts';
import { say } from '#scripts/lib/step.ts';
import { prepareRuntime } from '#scripts/runtime/prepare.ts';
import type { PreparedRuntime } from '#scripts/runtime/prepare.ts';
import { demoAccounts } from '#shared/ipc/demo-accounts.ts';
import { appEnv } from './app-env.ts';
import { startDemoService } from './demo-service.ts';
import { openInbox, type Inbox } from './inbox/inbox.ts';
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
  let inbox: Inbox | undefined;
  try {
    const work = async () => {
      await ensureMessages();
      await prepareApp();
      const runtime = await prepareRuntime(children);
      if (options.service.kind === 'demo') inbox = await openInbox(inRepo('.demo', 'mails'));
      const url = inbox
        ? await demoUrl(inbox, children)
        : 'url' in options.service
          ? options.service.url
          : undefined;
      const env = { ...process.env, ...runtime.env, ...appEnv(options, url, inbox?.url) };
      return runApp({ options, children, runtime, env });
    };
    return await Promise.race([work(), stopRequested()]);
  } finally {
    await children.stop();
    await inbox?.close();
  }
}

async function demoUrl(inbox: Inbox, children: Children): Promise<string> {
  const url = await startDemoService(children, inbox.smtpUrl);
  const emails = demoAccounts.accounts.map(({ email }) => email);
  say(`Demo accounts: ${emails.join(' or ')}, password ${demoAccounts.password}`);
  say(`Mails of the demo can be read at ${inbox.url}`);
  return url;
}
