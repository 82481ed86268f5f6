import type { Handlers } from '#shared/ipc/contract.ts';
import { fail, ok } from '#shared/ipc/errors.ts';
import type { AppInfo, DeepLink } from '#shared/ipc/settings.ts';
import type { ExternalPurpose } from '#main/platform/external.ts';
import type { RemoteEngine } from './engine.ts';

export interface AppCallsContext {
  engine: Pick<RemoteEngine, 'orders.trackingUrl'>;
  info: () => Promise<AppInfo>;
  painted: (screen: string) => void;
  /** Of the demo that the app was started with. */
  inboxUrl: string | undefined;
  takeDeepLink: () => DeepLink | undefined;
  /** Loads the page anew. */
  startAnew: () => void;
  copyText: (text: string) => Promise<void>;
  openExternal: (purpose: ExternalPurpose, url: string) => Promise<boolean>;
}

type AppCall =
  | 'app.info'
  | 'app.painted'
  | 'app.openTracking'
  | 'app.openInbox'
  | 'app.takeDeepLink'
  | 'app.startAnew'
  | 'app.copy';

export function appHandlers(context: AppCallsContext): Handlers<AppCall> {
  return {
    'app.info': async () => ok(await context.info()),
    'app.painted': ({ screen }) => {
      context.painted(screen);
      return ok(undefined);
    },
    'app.openTracking': async (input) => {
      const found = await context.engine['orders.trackingUrl'](input);
      if (!found.ok) return found;
      const opened = await context.openExternal('tracking', found.value.url);
      return opened ? ok(undefined) : fail('bad_answer', { detail: 'tracking address refused' });
    },
    'app.openInbox': async () => {
      const { inboxUrl } = context;
      if (inboxUrl === undefined)
        return fail('not_found', { detail: 'the app was started without an inbox' });
      const opened = await context.openExternal('inbox', inboxUrl);
      return opened ? ok(undefined) : fail('bad_answer', { detail: 'inbox address refused' });
    },
    'app.takeDeepLink': () => ok(context.takeDeepLink()),
    'app.startAnew': () => {
      context.startAnew();
      return ok(undefined);
    },
    'app.copy': async ({ text }) => {
      await context.copyText(text);
      return ok(undefined);
    },
  };
}
