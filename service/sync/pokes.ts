/** One open stream, as little as the hub needs to know of it. */
export interface PokeStream {
  accountKey: number;
  sessionId: string;
  /** Sends the hint. */
  poke(): void;
  /** Sends something that keeps the connection alive, or ends it when its session is over. */
  beat(now: number): void;
  end(): void;
}

/** Who listens for "something changed, pull". Hints are merged: a thousand writes in one go make one. */
export interface Pokes {
  /** False when the account has as many streams as it may. */
  add(stream: PokeStream): boolean;
  remove(stream: PokeStream): void;
  /** To all its streams but those of the session that made the change itself. */
  poke(accountKey: number, except?: string): void;
  endSession(sessionId: string): void;
  /** Which accounts and sessions have a stream here. */
  listeners(): { accounts: number[]; sessions: string[] };
  readonly size: number;
  close(): void;
}

export interface PokeLimits {
  perAccount: number;
  /** A session has one engine; a second stream is one that reconnects before the old one is known to be dead. */
  perSession: number;
}

export const POKE_LIMITS: PokeLimits = { perAccount: 32, perSession: 2 };
const HEARTBEAT_MS = 15_000;

export function makePokes(now: () => number, limits: PokeLimits = POKE_LIMITS): Pokes {
  const byAccount = new Map<number, Set<PokeStream>>();
  /** The sessions that made all of an account's changes by themselves; undefined when several did. */
  const pending = new Map<number, string | undefined>();
  let size = 0;
  // One timer for all streams: a thousand timers would cost more than the streams do.
  const heartbeat = setInterval(() => {
    const moment = now();
    for (const streams of byAccount.values()) for (const stream of streams) stream.beat(moment);
  }, HEARTBEAT_MS).unref();

  function remove(stream: PokeStream): void {
    const streams = byAccount.get(stream.accountKey);
    if (!streams?.delete(stream)) return;
    size -= 1;
    if (streams.size === 0) byAccount.delete(stream.accountKey);
  }

  function end(stream: PokeStream): void {
    remove(stream);
    stream.end();
  }

  function deliver(): void {
    const merged = [...pending];
    pending.clear();
    for (const [key, except] of merged)
      for (const stream of byAccount.get(key) ?? []) if (stream.sessionId !== except) stream.poke();
  }

  return {
    add(stream) {
      const streams = byAccount.get(stream.accountKey) ?? new Set();
      const own = [...streams].filter((other) => other.sessionId === stream.sessionId);
      const tooMany = own.length - limits.perSession + 1;
      if (tooMany > 0) for (const oldest of own.slice(0, tooMany)) end(oldest);
      if (streams.size >= limits.perAccount) return false;
      streams.add(stream);
      byAccount.set(stream.accountKey, streams);
      size += 1;
      return true;
    },
    remove,
    poke(accountKey, except) {
      if (pending.size === 0) setImmediate(deliver);
      const same = !pending.has(accountKey) || pending.get(accountKey) === except;
      pending.set(accountKey, same ? except : undefined);
    },
    endSession(sessionId) {
      for (const streams of byAccount.values())
        for (const stream of streams) if (stream.sessionId === sessionId) end(stream);
    },
    listeners() {
      const streams = [...byAccount.values()].flatMap((those) => [...those]);
      return {
        accounts: [...byAccount.keys()],
        sessions: [...new Set(streams.map(({ sessionId }) => sessionId))],
      };
    },
    get size() {
      return size;
    },
    close() {
      clearInterval(heartbeat);
      for (const streams of byAccount.values()) for (const stream of streams) end(stream);
    },
  };
}
