import type { AppError } from '#shared/ipc/errors.ts';
import { wordsFor } from './errors.ts';

export type Toast = { id: number; tone: 'ok' | 'bad' | 'info'; text: string; more?: string };

const SHOWN_MS = { ok: 5000, info: 6000, bad: 12_000 };

/** Short notes about what was just done. They never carry what a person must act upon: that stays in the screens. */
class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  add(tone: Toast['tone'], text: string, more?: string): void {
    const id = this.#next++;
    this.list.push(more === undefined ? { id, tone, text } : { id, tone, text, more });
    setTimeout(() => {
      this.dismiss(id);
    }, SHOWN_MS[tone]);
  }

  failure(error: AppError): void {
    if (error.kind === 'cancelled') return;
    const words = wordsFor(error);
    this.add('bad', words.title, words.meaning);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
