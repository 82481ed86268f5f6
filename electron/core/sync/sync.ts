import type { AppError } from '#shared/ipc/errors.ts';
import { toInstant } from '#shared/domain/calendar.ts';
import type { Env } from '../env.ts';
import { backoffMs } from './backoff.ts';
import { pollMs } from './poll.ts';
import type { Reply } from '../service/reply.ts';

export interface SyncState {
  phase: 'idle' | 'syncing' | 'offline' | 'paused';
  problem: AppError | undefined;
  nextTryAt: string | undefined;
}

export interface SyncPorts {
  /** Reads the feed to its end. */
  pull: (signal: AbortSignal) => Promise<Reply<undefined>>;
  /** Listens to hints until the stream ends. */
  listen: (
    signal: AbortSignal,
    on: { open: () => void; poke: () => void },
  ) => Promise<{ wasOpen: boolean; retryAfterSeconds?: number }>;
  onState: () => void;
  onSynced: () => void;
}

/** What no amount of trying again can change: someone has to sign in, or install something. */
const WAITS_FOR_PEOPLE = new Set<AppError['kind']>(['session_expired', 'not_signed_in']);
/** Asked again now and then all the same: the service may be set back, or the address may get its service back. */
const HOPELESS = new Set<AppError['kind']>(['upgrade_required', 'service_too_old']);
const HOPELESS_MS = 15 * 60_000;
const LASTING_MS = 30_000;
const MOST_ROUNDS = 3;

/** Decides when to pull: at once, when poked, by the clock, or after a failure a little later each time. One pull at a time. */
export class Sync {
  /** Until the first try has ended nobody knows whether what is here is up to date. */
  state: SyncState = { phase: 'syncing', problem: undefined, nextTryAt: undefined };
  readonly #env: Env;
  readonly #ports: SyncPorts;
  readonly #ended = new AbortController();
  #visible = true;
  #pokesOpen = false;
  #listening: Promise<void> | undefined;
  #failures = 0;
  #pokeFailures = 0;
  #cancelTimer: () => void = () => undefined;
  #wakeListener: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #again = false;
  /** Somebody has asked since the pull under way began: it may fail of what is over by now. */
  #asked = false;

  constructor(env: Env, ports: SyncPorts) {
    this.#env = env;
    this.#ports = ports;
  }

  /** The app has just begun, or somebody has signed in: a try that is under way is as good as another. */
  begin(): void {
    void this.#run();
  }

  /** Tries at once, whatever the back-off says; settles when that try has ended. A pull under way may have passed what is looked for. */
  async now(): Promise<void> {
    this.#failures = 0;
    this.#pokeFailures = 0;
    this.#wakeListener();
    if (this.#running) this.#again = this.#asked = true;
    await this.#run();
    // Hints that came meanwhile are part of it, as long as they do not come without end.
    for (let round = 0; this.#running && round < MOST_ROUNDS; round += 1) await this.#running;
  }

  /**
   * The service has something new. One that comes while a pull is under way asks for another one after it; while the service has asked to
   * be left alone for some time, the try at its end brings what is new.
   */
  poke(): void {
    if (this.#running) this.#again = true;
    else if (this.state.problem?.retryAfterSeconds === undefined) void this.#run();
  }

  /** Something is to be sent: at once when all is well. While a failure is waited out, its time is the time. */
  changeMade(): void {
    if (this.#running) this.#again = true;
    else if (this.state.phase === 'idle') void this.#run();
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (!this.#running && this.state.phase === 'idle') this.#plan(this.#pollMs());
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#cancelTimer();
    this.#wakeListener();
    await this.#running;
    await this.#listening;
  }

  #run(): Promise<void> {
    if (this.#ended.signal.aborted) return Promise.resolve();
    this.#running ??= this.#pull().finally(() => {
      this.#running = undefined;
      if (!this.#again || this.#ended.signal.aborted) return;
      this.#again = this.#asked = false;
      void this.#run();
    });
    return this.#running;
  }

  async #pull(): Promise<void> {
    this.#cancelTimer();
    this.#set({ phase: 'syncing', problem: this.state.problem, nextTryAt: undefined });
    const reply = await this.#ports.pull(this.#ended.signal);
    if (this.#ended.signal.aborted) return;
    if (reply.ok) {
      this.#failures = 0;
      this.#set({ phase: 'idle', problem: undefined, nextTryAt: undefined });
      this.#plan(this.#pollMs());
      this.#ports.onSynced();
      this.#listening ??= this.#listen();
      return;
    }
    this.#failed(reply.error);
  }

  #failed(problem: AppError): void {
    this.#failures += 1;
    this.#again = this.#asked;
    const phase = problem.kind === 'offline' ? 'offline' : 'paused';
    if (WAITS_FOR_PEOPLE.has(problem.kind)) {
      this.#set({ phase, problem, nextTryAt: undefined });
      return;
    }
    const wait = HOPELESS.has(problem.kind)
      ? HOPELESS_MS
      : backoffMs(this.#failures, this.#env.random, problem.retryAfterSeconds);
    this.#set({ phase, problem, nextTryAt: toInstant(this.#env.clock.now() + wait) });
    this.#plan(wait);
  }

  #plan(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#env.clock.after(ms, () => void this.#run());
  }

  #pollMs(): number {
    return pollMs({ visible: this.#visible, pokesOpen: this.#pokesOpen });
  }

  #set(state: SyncState): void {
    this.state = state;
    this.#ports.onState();
  }

  /** Keeps a stream of hints open from the first pull that worked until the end. */
  async #listen(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const started = this.#env.clock.monotonic();
      const { wasOpen, retryAfterSeconds } = await this.#ports.listen(this.#ended.signal, {
        open: () => {
          this.#pokesOpen = true;
          // What changed between the last pull and the opening of the stream was not announced on it.
          this.poke();
        },
        poke: () => this.poke(),
      });
      this.#pokesOpen = false;
      if (this.#ended.signal.aborted) return;
      if (this.state.phase === 'idle') this.#plan(this.#pollMs());
      // One that closes as soon as it is open (some proxies do that) is no better than none.
      const lasted = wasOpen && this.#env.clock.monotonic() - started >= LASTING_MS;
      this.#pokeFailures = lasted ? 1 : this.#pokeFailures + 1;
      await this.#wait(backoffMs(this.#pokeFailures, this.#env.random, retryAfterSeconds));
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#env.clock.after(ms, resolve);
      this.#wakeListener = () => {
        cancel();
        resolve();
      };
    });
  }
}
