import { NeverLeft } from '#core/service/transport.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#core/service/transport.ts';
import type { Answered, Asked } from './live-service.ts';
import type { PokeStream } from './poke-stream.ts';

const STREAM: Record<string, string> = { 'content-type': 'text/event-stream' };

/** A request on its way, until the world decides what becomes of it. */
export interface Flight extends Asked {
  number: number;
  route: string;
  /** What the service has answered, when it has and the answer is still on its way. */
  answer: Answered | undefined;
  readonly ended: boolean;
  /** Takes back what the world has noted as having left with it. */
  unsend: () => void;
  arrive: (answer: Answered, cutAfter?: number) => void;
  /** An answer that goes on until one of the two ends it. */
  stream: (pieces: PokeStream) => void;
  fail: (code: string) => void;
  /** No connection came about: nothing of it has left, and the engine may know. */
  neverLeave: (code: string) => void;
}

/** The network of one process: every request waits here for its fate. */
export class Network {
  readonly flights: Flight[] = [];
  readonly #onRequest: (flight: Flight) => void;
  readonly #nextNumber: () => number;
  #cut = false;

  constructor(nextNumber: () => number, onRequest: (flight: Flight) => void) {
    this.#nextNumber = nextNumber;
    this.#onRequest = onRequest;
  }

  readonly transport: Transport = (request) =>
    new Promise((resolve, reject) => {
      if (this.#cut || request.signal.aborted) return reject(coded('ECONNABORTED'));
      const flight = this.#take(request, resolve, reject);
      this.flights.push(flight);
      this.#onRequest(flight);
    });

  /** The process is gone: nothing it asked for reaches it. */
  cut(): void {
    this.#cut = true;
    for (const flight of [...this.flights]) flight.fail('ECONNABORTED');
  }

  #take(
    request: TransportRequest,
    resolve: (answer: TransportAnswer) => void,
    reject: (error: Error) => void,
  ): Flight {
    const url = new URL(request.url);
    let ended = false;
    const end = (): void => {
      ended = true;
      const at = this.flights.indexOf(flight);
      if (at >= 0) this.flights.splice(at, 1);
    };
    const flight: Flight = {
      number: this.#nextNumber(),
      method: request.method,
      path: url.pathname + url.search,
      route: url.pathname,
      headers: request.headers,
      body: request.body,
      answer: undefined,
      unsend: () => undefined,
      get ended() {
        return ended;
      },
      arrive: (answer, cutAfter) => {
        if (ended) return;
        end();
        resolve(asTransport(answer, cutAfter));
      },
      stream: (pieces) => {
        if (ended) return;
        end();
        request.signal.addEventListener('abort', () => pieces.end(), { once: true });
        resolve({ status: 200, header: (name) => STREAM[name], body: pieces });
      },
      fail: (code) => {
        if (ended) return;
        end();
        reject(coded(code));
      },
      neverLeave: (code) => {
        if (ended) return;
        end();
        flight.unsend();
        reject(new NeverLeft(coded(code)));
      },
    };
    request.signal.addEventListener('abort', () => flight.fail('ABORT_ERR'), { once: true });
    return flight;
  }
}

function asTransport({ status, headers, body }: Answered, cutAfter: number | undefined): TransportAnswer {
  return {
    status,
    header: (name) => headers[name],
    body: (async function* () {
      if (cutAfter === undefined) return yield body;
      yield body.subarray(0, cutAfter);
      throw coded('ECONNRESET');
    })(),
  };
}

const coded = (code: string): Error => Object.assign(new Error(code), { code });
