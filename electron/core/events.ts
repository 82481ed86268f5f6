import type { EventPayload } from '#shared/ipc/contract.ts';
import type { EngineEvent } from './api.ts';
import type { Clock } from './env.ts';
import type { Log } from './log.ts';

type Listener<E extends EngineEvent> = (payload: EventPayload<E>) => void;

/** Tells listeners; one that throws is a bug of its own and must not stop a sync. */
export class Events {
  readonly #listeners: { [E in EngineEvent]: Set<Listener<E>> } = {
    changed: new Set(),
    'sync.status': new Set(),
    session: new Set(),
    lock: new Set(),
    job: new Set(),
  };
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  on<E extends EngineEvent>(event: E, listener: Listener<E>): () => void {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  emit<E extends EngineEvent>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners[event]) {
      try {
        listener(payload);
      } catch (error) {
        this.#log('error', 'a listener failed', {
          event,
          error: error instanceof Error ? error.name : 'unknown',
        });
      }
    }
  }
}

/** Gathers what happens in quick succession: the first is told at once, the rest together a little later, or with what cannot wait. */
export class Coalesced<Item> {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #tell: (items: Set<Item>) => void;
  #items = new Set<Item>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, ms: number, tell: (items: Set<Item>) => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#tell = tell;
  }

  add(...items: Item[]): void {
    for (const item of items) this.#items.add(item);
    if (this.#items.size > 0 && !this.#cancel) this.#flush();
  }

  /** Tells it now, with all that was gathered: people wait for what they have just done. */
  addUrgent(...items: Item[]): void {
    for (const item of items) this.#items.add(item);
    if (this.#items.size === 0) return;
    this.#cancel?.();
    this.#flush();
  }

  stop(): void {
    this.#cancel?.();
    this.#items.clear();
  }

  #flush(): void {
    const items = this.#items;
    this.#items = new Set();
    this.#cancel = this.#clock.after(this.#ms, () => {
      this.#cancel = undefined;
      if (this.#items.size > 0) this.#flush();
    });
    this.#tell(items);
  }
}
