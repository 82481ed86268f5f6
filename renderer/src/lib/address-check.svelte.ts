import { call, withDeadline } from '#lib/api.ts';
import { Latest } from '#lib/live-query.svelte.ts';

const TYPING_PAUSE_MS = 450;
const PATIENCE_MS = 20_000;

/** Looks whether an account service answers at an address, once typing pauses. */
export class AddressCheck {
  readonly answer = new Latest<{ url: string; version: string }>();
  asked = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  soon(url: string): void {
    this.stop();
    if (url.trim() === '') return;
    this.#timer = setTimeout(() => {
      this.now(url);
    }, TYPING_PAUSE_MS);
  }

  now(url: string): void {
    this.stop();
    this.asked = true;
    void this.answer.ask(() => withDeadline(PATIENCE_MS, call('service.check', { url: url.trim() })));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.answer.reset();
    this.asked = false;
  }
}
