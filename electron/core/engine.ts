import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import { Accounts } from './accounts/account-list.ts';
import { CurrentAccount } from './accounts/current-account.ts';
import { AccountFolders } from './accounts/folders.ts';
import type { Engine, EngineHandlers, EngineHost, EngineOptions } from './api.ts';
import { describeError } from './describe-error.ts';
import { lockFolder } from './db/lock.ts';
import type { Env } from './env.ts';
import { systemEnv } from './env.ts';
import { Coalesced, Events } from './events.ts';
import { expectedFailure } from './failures.ts';
import { privateFolder } from './files/atomic.ts';
import { blockedHandlers, engineHandlers } from './handlers.ts';
import { Jobs } from './jobs.ts';

const TELL_EVERY_MS = 150;
const FIRST_SYNC_MS = 100;

/** The engine: everything the app knows and does about an account, apart from showing it. Reads like the order of its start. */
export function createEngine(options: EngineOptions, host: EngineHost, given: Partial<Env> = {}): Engine {
  const system = systemEnv();
  const env: Env = { ...system.env, ...given };
  const events = new Events(host.log);
  const held = hold(options.folder);
  if ('error' in held) return blockedEngine(events, held.error);

  let settings = options.settings;
  // Filled below: opening an account already has things to tell.
  const opened: { account?: CurrentAccount } = {};
  const topics = new Coalesced<Topic>(env.clock, TELL_EVERY_MS, (changed) =>
    events.emit('changed', { topics: [...changed] }),
  );
  const status = new Coalesced<'status'>(env.clock, TELL_EVERY_MS, () => {
    const { account } = opened;
    if (account) tryTelling(account, () => events.emit('sync.status', account.status()));
  });
  const tryTelling = (account: CurrentAccount, tell: () => void): void => {
    try {
      tell();
    } catch (error) {
      account.open?.problem(error);
    }
  };
  const ports = {
    env,
    host,
    device: options.device,
    settings: () => settings,
    accounts: new Accounts(join(options.folder, 'accounts.json'), host.log),
    folders: new AccountFolders(join(options.folder, 'accounts')),
    onTopics: (changed: readonly Topic[]) => topics.add(...changed),
    onStatus: () => status.add('status'),
    onSession: () => {
      if (opened.account) events.emit('session', opened.account.session());
    },
  };
  const account = new CurrentAccount(ports);
  opened.account = account;
  const jobs = new Jobs((progress) => events.emit('job', progress));
  const ended = new AbortController();
  // What is here is shown first; the service comes after.
  const cancelStart = env.clock.after(FIRST_SYNC_MS, () => account.start());

  return {
    handlers: engineHandlers({
      env,
      account,
      jobs,
      signal: ended.signal,
      settings: () => settings,
      applySettings: (next) => {
        settings = next;
        account.settingsChanged().catch((error: unknown) => {
          host.log('error', 'new settings could not be applied', describeError(error));
        });
      },
    }),
    on: (event, listener) => events.on(event, listener),
    close: async () => {
      cancelStart();
      ended.abort();
      jobs.cancelAll();
      await account.close();
      topics.stop();
      status.stop();
      system.close();
      held.release();
    },
  };
}

function hold(folder: string): { release: () => void } | { error: AppError } {
  try {
    privateFolder(folder);
    return { release: lockFolder(join(folder, 'lock.db')) };
  } catch (error) {
    const expected = expectedFailure(error);
    if (!expected) throw error;
    return { error: expected };
  }
}

/** Another process holds the folder, or it cannot be used: every call says so. */
function blockedEngine(events: Events, error: AppError): Engine {
  const handlers: EngineHandlers = blockedHandlers(error);
  return { handlers, on: (event, listener) => events.on(event, listener), close: () => Promise.resolve() };
}
