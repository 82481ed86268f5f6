import type { MessagePort, Transferable, Worker } from 'node:worker_threads';

/** Either end of a channel between two threads. */
export type Port = Pick<MessagePort | Worker, 'postMessage' | 'on'>;

/** What one end offers the other; each takes one value, and whom it is about where that matters, and answers one. */
export type Served = Record<string, (input: never, about?: string) => unknown>;

type Message =
  | { type: 'call'; id: number; name: string; input: unknown; about: string | undefined }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failure'; id: number; name: string }
  | { type: 'notice'; name: string; payload: unknown };

/** A call that has no answer, because the handler threw over there or because the other end is gone. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/**
 * Calls and notices over a channel, both ways. What a handler answers travels as it is; what it throws is told to `onThrown` on its own side, and
 * the caller only learns that it failed.
 */
export class Peer {
  readonly #port: Port;
  readonly #served: Served;
  readonly #onThrown: (name: string, error: unknown) => void;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: CallFailed) => void }
  >();
  #lastId = 0;
  #gone = false;

  constructor(port: Port, served: Served, onThrown: (name: string, error: unknown) => void) {
    this.#port = port;
    this.#served = served;
    this.#onThrown = onThrown;
    port.on('message', (message: Message) => void this.#receive(message));
  }

  call(name: string, input: unknown, about?: string): Promise<unknown> {
    if (this.#gone) return Promise.reject(new CallFailed('gone'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: 'call', id, name, input, about });
    });
  }

  /** Tells without waiting for anything. */
  notify(name: string, payload: unknown): void {
    if (!this.#gone) this.#send({ type: 'notice', name, payload });
  }

  /** The other end is gone: nothing that was asked of it will be answered. */
  abandon(): void {
    this.#gone = true;
    for (const { reject } of this.#waiting.values()) reject(new CallFailed('gone'));
    this.#waiting.clear();
  }

  async #receive(message: Message): Promise<void> {
    if (message.type === 'call') return this.#answer(message);
    if (message.type === 'notice') return void (await this.#run(message.name, message.payload));
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(new CallFailed(message.name));
  }

  async #answer({ id, name, input, about }: Extract<Message, { type: 'call' }>): Promise<void> {
    const done = await this.#run(name, input, about);
    if (this.#gone) return;
    if (done.ok) this.#send({ type: 'answer', id, value: done.value }, transferable(done.value));
    else this.#send({ type: 'failure', id, name });
  }

  async #run(
    name: string,
    input: unknown,
    about?: string,
  ): Promise<{ ok: true; value: unknown } | { ok: false }> {
    try {
      const handler = Object.hasOwn(this.#served, name) ? this.#served[name] : undefined;
      if (!handler) throw new CallFailed(`nothing is called ${name}`);
      return { ok: true, value: await handler(input as never, about) };
    } catch (error) {
      this.#onThrown(name, error);
      return { ok: false };
    }
  }

  #send(message: Message, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

/** The bytes of a file, alone or with its name, change hands instead of being copied, when they have their memory to themselves. */
function transferable(result: unknown): Transferable[] {
  const value = member(result, 'value');
  const bytes = value instanceof Uint8Array ? value : member(value, 'bytes');
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return [];
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
