import type { LockState } from '#shared/ipc/lock.ts';
import type { SessionState } from '#shared/ipc/session.ts';
import type { AppInfo, Settings } from '#shared/ipc/settings.ts';
import type { SyncStatus } from '#shared/ipc/sync.ts';
import type { AppError } from '#shared/ipc/errors.ts';
import { call, on, speakFor } from './api.ts';
import { language } from './language.svelte.ts';

export type Account = Extract<SessionState, { account: unknown }>['account'];

/** What the shell and the engine say about the app as a whole. Read once, then kept by their events. */
class App {
  session = $state.raw<SessionState>();
  settings = $state.raw<Settings>();
  info = $state.raw<AppInfo>();
  sync = $state.raw<SyncStatus>();
  lock = $state.raw<LockState>();
  failure = $state.raw<AppError>();
  /** Another account is about to be shown: nothing of this one is shown any more. */
  leaving = $state(false);

  readonly account = $derived(this.session && 'account' in this.session ? this.session.account : undefined);
  /** Garages read prices without VAT first, consumers with it. */
  readonly vatFirst = $derived<'excl' | 'incl'>(this.account?.kind === 'garage' ? 'excl' : 'incl');

  /** Follows the events first and asks afterwards, so that nothing said in between is missed. */
  start(): () => void {
    const stops = [
      on('session', (session) => {
        this.take(session);
      }),
      on('sync.status', (status) => (this.sync = status)),
      on('lock', (lock) => (this.lock = lock)),
      on('settings', ({ settings, info }) => {
        this.settings = settings;
        this.#use(info);
      }),
    ];
    void this.load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    this.failure = undefined;
    const [info, settings, session, sync, lock] = await Promise.all([
      call('app.info'),
      call('settings.get'),
      call('session.get'),
      call('sync.status'),
      call('lock.get'),
    ]);
    if (info.ok) this.#use(info.value);
    if (settings.ok) this.settings = settings.value;
    if (sync.ok) this.sync ??= sync.value;
    if (lock.ok) this.lock ??= lock.value;
    const failed = [info, settings, session, lock].find((result) => !result.ok);
    if (failed && !failed.ok) this.failure = failed.error;
    else if (session.ok && !this.session) this.take(session.value);
  }

  /**
   * Who is shown now. A page shows one account in its life: for another one, or for none, it starts anew, and whatever it still had under way or in
   * mind ends with it.
   */
  take(session: SessionState): void {
    const now = 'account' in session ? session.account.id : undefined;
    if (this.account && this.account.id !== now) return this.leave();
    const wasLocked = this.session?.state === 'locked';
    this.session = session;
    this.failure = undefined;
    if (now === undefined) return;
    speakFor(now);
    if (wasLocked) void this.#lookAtSync();
  }

  leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    void call('app.startAnew');
  }

  /** Answers the error, or undefined when the settings are in force. */
  async change(change: Partial<Settings>): Promise<AppError | undefined> {
    const result = await call('settings.set', change);
    if (!result.ok) return result.error;
    this.settings = result.value;
    const info = await call('app.info');
    if (info.ok) this.#use(info.value);
    return undefined;
  }

  /** What was said of it before the code was given is that it waits for the code. */
  async #lookAtSync(): Promise<void> {
    this.sync = undefined;
    const sync = await call('sync.status');
    if (sync.ok) this.sync ??= sync.value;
  }

  #use(info: AppInfo): void {
    this.info = info;
    language.current = info.language;
  }
}

export const app = new App();

/** The amount that this account reads first. */
export function firstAmount(amounts: { exclVat: number; inclVat: number }): number {
  return app.vatFirst === 'excl' ? amounts.exclVat : amounts.inclVat;
}
