import { untrack } from 'svelte';
import type { Topic } from '#shared/ipc/contract.ts';
import type { AppError, Result } from '#shared/ipc/errors.ts';
import { on } from './api.ts';

export type QueryState<T> =
  { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; error: AppError };

/**
 * The latest answer to a question that may be asked again before it was answered. Answers that come late, after a newer
 * question, are dropped; while the same question is asked again the old answer stays on screen.
 */
export class Latest<T> {
  current = $state.raw<QueryState<T>>({ state: 'loading' });
  #ticket = 0;

  readonly value = $derived(this.current.state === 'ready' ? this.current.value : undefined);
  readonly error = $derived(this.current.state === 'failed' ? this.current.error : undefined);

  /** Answers whether the question was still the newest when its answer came. */
  async ask(run: () => Promise<Result<T>>): Promise<boolean> {
    const ticket = ++this.#ticket;
    const result = await run();
    if (ticket !== this.#ticket) return false;
    this.current = result.ok
      ? { state: 'ready', value: result.value }
      : { state: 'failed', error: result.error };
    return true;
  }

  /** Forgets the answer, and any that is still to come. */
  reset(): void {
    this.#ticket += 1;
    this.current = { state: 'loading' };
  }
}

/** Runs `refresh` when one of the topics changed; while a run is under way, once more after it instead of at once. */
export function onTopics(topics: readonly Topic[], refresh: () => Promise<unknown>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await refresh();
    } while (again);
    running = false;
  };
  return on('changed', (event) => {
    if (event.topics.some((topic) => topics.includes(topic))) void run();
  });
}

/**
 * A query bound to the component that makes it: it runs, runs again when what `run` reads changes or when the engine
 * says that one of its topics did, and stops with the component.
 */
export function liveQuery<T>(
  run: () => Promise<Result<T>>,
  topics: readonly Topic[],
): Latest<T> & { retry: () => void } {
  const latest = new Latest<T>();
  $effect(() => {
    const pending = run();
    untrack(() => void latest.ask(() => pending));
  });
  $effect(() => onTopics(topics, () => latest.ask(run)));
  return Object.assign(latest, {
    retry: () => {
      latest.reset();
      void latest.ask(run);
    },
  });
}
