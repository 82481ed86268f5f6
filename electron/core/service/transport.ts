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

/** The way to the service. Throws when there is no answer; what it throws carries the system's `code`. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;
