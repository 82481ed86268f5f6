/** A request on its way out. Nothing here follows redirects or keeps cookies. */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Ends the connection, whatever it is doing. */
  signal: AbortSignal;
}

export interface TransportAnswer {
  status: number;
  /** One header, by its name in lower case. */
  header: (name: string) => string | undefined;
  /** The body as it comes, decompressed. Ending the iteration early lets go of the connection. */
  body: AsyncIterable<Uint8Array>;
}

/**
 * What a transport throws when it knows that not one byte of the request has left this computer: no connection came about, by the name, the route or the
 * other side's refusal. Anything less certain is another error.
 */
export class NeverLeft extends Error {
  override readonly name = 'NeverLeft';
  /** The system's, of what stood in the way. */
  readonly code: string | undefined;

  constructor(cause: NodeJS.ErrnoException) {
    super('no connection came about', { cause });
    this.code = cause.code;
  }
}

/** The way to the service. Throws when there is no answer; what it throws carries the system's `code`. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;
