import type { AppError } from '#shared/ipc/errors.ts';
import { wordsFor } from './errors.ts';

export type ToastAction = { label: string; run: () => void };
export type Toast = {
  id: number;
  tone: 'ok' | 'bad' | 'info';
  text: string;
  more?: string;
  action?: ToastAction;
};

const SHOWN_MS = { ok: 5000, info: 6000, bad: 12_000 };
/** What offers to undo something stays long enough to notice a slip. */
const OFFER_SHOWN_MS = 10_000;
/** What was pointed at stays this long after the pointer or the focus has left. */
const LINGER_MS = 3000;

/** Short notes about what was just done. They never carry what a person must act upon: that stays in the screens. */
class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Answers the note's id. */
  add(tone: Toast['tone'], text: string, more?: string): number {
    return this.#show({ tone, text, ...(more === undefined ? {} : { more }) }, SHOWN_MS[tone]);
  }

  /** Says what was done and offers something about it; answers the note's id. */
  offer(text: string, action: ToastAction): number {
    return this.#show({ tone: 'ok', text, action }, OFFER_SHOWN_MS);
  }

  /** Answers the note's id; a person's own cancelling is no failure. */
  failure(error: AppError): number | undefined {
    if (error.kind === 'cancelled') return undefined;
    const words = wordsFor(error);
    return this.add('bad', words.title, words.meaning);
  }

  /** A person is at it: it does not go away beneath their pointer. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    if (this.list.some((toast) => toast.id === id)) this.#dismissAfter(id, LINGER_MS);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #show(toast: Omit<Toast, 'id'>, ms: number): number {
    const id = this.#next++;
    this.list.push({ id, ...toast });
    this.#dismissAfter(id, ms);
    return id;
  }

  #dismissAfter(id: number, ms: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => {
        this.dismiss(id);
      }, ms),
    );
  }
}

export const toasts = new Toasts();
