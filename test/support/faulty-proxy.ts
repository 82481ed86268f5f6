import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingMessage['headers'];
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** What happens to a request; without a fault it passes. */
export type Fault =
  /** The connection is cut before the service hears of it. */
  | { kind: 'cut' }
  /** The service acts, its answer is lost. */
  | { kind: 'lose' }
  /** The service's answer is cut after so many bytes of its body. */
  | { kind: 'truncate'; after: number }
  /** Never answered. */
  | { kind: 'hang' }
  /** Passes once the promise is kept. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** This answer instead, once `after` is kept; the service hears nothing. */
  | {
      kind: 'answer';
      status: number;
      headers?: Record<string, string>;
      body?: string | Buffer;
      after?: Promise<unknown>;
    }
  /** The service's answer, changed. */
  | { kind: 'change'; change: (answer: Answer) => Answer };

export type Rule = (seen: Seen) => Fault | undefined;

export interface FaultyProxy {
  url: string;
  /** Everything that was asked, in order. */
  seen: Seen[];
  /** Decides about each request from now on; undefined lets all of them pass. */
  rule: Rule | undefined;
  /** Where it passes requests on to. */
  target: string;
  count: (path: string | RegExp) => number;
  /** Cuts what is under way and the streams that are open. */
  disconnect: () => void;
  close: () => Promise<void>;
}

/** A real HTTP proxy in front of a service that does to requests what networks and broken services do. */
export async function startFaultyProxy(target: string, port = 0): Promise<FaultyProxy> {
  const server = createServer((request, response) => void handle(request, response));
  // On a busy machine a request may be on its way just when an idle connection is given up: that is not what tests look at.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    rule: undefined,
    target,
    count: (path) =>
      proxy.seen.filter((one) => (typeof path === 'string' ? one.path.startsWith(path) : path.test(one.path)))
        .length,
    disconnect: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen: Seen = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
    };
    proxy.seen.push(seen);
    const fault = proxy.rule?.(seen);
    if (fault?.kind === 'cut') return void request.socket.destroy();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'answer') {
      request.resume();
      await fault.after;
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(fault.body ?? '');
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    pass(request, response, fault);
  }

  function pass(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): void {
    const url = new URL(request.url ?? '/', proxy.target);
    const headers = { ...request.headers, host: url.host };
    const onward = httpRequest(url, { method: request.method, headers }, (answer) => {
      if (fault === undefined || fault.kind === 'hold') {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        response.once('close', () => onward.destroy());
        return;
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        finish(response, fault, {
          status: answer.statusCode ?? 502,
          headers: answer.headers,
          body: Buffer.concat(parts),
        });
      });
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  }

  return proxy;
}

function finish(response: ServerResponse, fault: Fault, answer: Answer): void {
  if (fault.kind === 'lose') {
    response.socket?.destroy();
  } else if (fault.kind === 'truncate') {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
    response.write(answer.body.subarray(0, fault.after), () => response.socket?.destroy());
  } else if (fault.kind === 'change') {
    const { status, headers, body } = fault.change(answer);
    response.writeHead(status, { ...headers, 'content-length': String(body.length) });
    response.end(body);
  }
}

/** A rule that strikes the n-th matching request only (1, 2, …). */
export function nth(n: number, path: RegExp, fault: Fault): Rule {
  let count = 0;
  return (seen) => {
    if (!path.test(seen.path)) return undefined;
    count += 1;
    return count === n ? fault : undefined;
  };
}

/** A rule that strikes every matching request. */
export const always =
  (path: RegExp, fault: Fault): Rule =>
  (seen) =>
    path.test(seen.path) ? fault : undefined;

/** Changes the JSON of an answer. */
export function changeJson(change: (json: Record<string, unknown>) => void): Fault {
  return {
    kind: 'change',
    change: (answer) => {
      const json = JSON.parse(answer.body.toString()) as Record<string, unknown>;
      change(json);
      return { ...answer, body: Buffer.from(JSON.stringify(json)) };
    },
  };
}
