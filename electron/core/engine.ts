import { join } from 'node:path';
import type { Topic } from '#shared/ipc/contract.ts';
import { Accounts } from './accounts/account-list.ts';
import { BeforeSignIn } from './accounts/before-sign-in.ts';
import { CurrentAccount } from './accounts/current-account.ts';
import { AccountFolders } from './accounts/folders.ts';
import { PendingSignUps } from './accounts/pending-sign-ups.ts';
import type { Engine, EngineHost, EngineOptions } from './api.ts';
import { describeError } from './describe-error.ts';
import { lockFolder } from './db/lock.ts';
import type { Env } from './env.ts';
import { systemEnv } from './env.ts';
import { Coalesced, Events } from './events.ts';
import { privateFolder } from './files/atomic.ts';
import { engineHandlers } from './handlers.ts';
import { Jobs } from './jobs.ts';
import { AccountKeys } from './keys/account-keys.ts';
import { Vault } from './keys/vault.ts';
import { startWhenPossible } from './start-when-possible.ts';

const TELL_EVERY_MS = 150;
const FIRST_SYNC_MS = 100;

/**
 * The engine, as soon as its folder can be had. While another process holds it, or the disk does not let us in, every call says so at once, and
 * it is tried again.
 */
export function createEngine(options: EngineOptions, host: EngineHost, given: Partial<Env> = {}): Engine {
  const system = systemEnv();
  const env: Env = { ...system.env, ...given };
  const events = new Events(host.log);
  const start = (): Engine => {
    const release = lockFolder(join(privateFolder(options.folder), 'lock.db'));
    try {
      return startEngine({ options, host, env, events }, release);
    } catch (error) {
      release();
      throw error;
    }
  };
  return startWhenPossible(start, { env, log: host.log, events, onClose: system.close });
}

interface Surroundings {
  options: EngineOptions;
  host: EngineHost;
  env: Env;
  events: Events;
}

/** The engine: everything the app knows and does about an account, apart from showing it. Reads like the order of its start. */
function startEngine({ options, host, env, events }: Surroundings, release: () => void): Engine {
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
  const jobs = new Jobs((progress) => events.emit('job', progress));
  const folders = new AccountFolders(join(options.folder, 'accounts'));
  const vault = new Vault({ path: join(options.folder, 'vault.json'), host, env });
  const keys = new AccountKeys({ folders, vault, env, log: host.log });
  const account = new CurrentAccount({
    env,
    host,
    device: options.device,
    settings: () => settings,
    accounts: new Accounts(join(options.folder, 'accounts.json'), {
      keyOf: (id) => keys.of(id),
      log: host.log,
      before: env.beforeWrite,
    }),
    folders,
    vault,
    keys,
    tell: {
      topics: (changed) => topics.add(...changed),
      ownTopics: (changed) => topics.addUrgent(...changed),
      status: () => status.add('status'),
      session: () => {
        if (opened.account) events.emit('session', opened.account.session());
      },
      lock: () => events.emit('lock', vault.state()),
      leave: () => jobs.cancelAll(),
    },
  });
  opened.account = account;
  const ended = new AbortController();
  const before = new BeforeSignIn({
    env,
    settings: () => settings,
    pending: new PendingSignUps({ host, clock: env.clock }),
    signal: ended.signal,
  });
  // What is here is shown first; the service comes after.
  const cancelStart = env.clock.after(FIRST_SYNC_MS, () => void account.start());

  return {
    handlers: engineHandlers({
      env,
      account,
      vault,
      before,
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
    isShown: (accountId) => account.isShown(accountId),
    on: (event, listener) => events.on(event, listener),
    close: async () => {
      cancelStart();
      ended.abort();
      jobs.cancelAll();
      await account.close();
      topics.stop();
      status.stop();
      release();
    },
  };
}
