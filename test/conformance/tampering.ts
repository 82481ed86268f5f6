import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER } from '#shared/protocol/version.ts';

type Json = Record<string, unknown>;

/** What goes wrong between the suite and a good service, as if that service did it. */
export interface Tampering {
  /** Changes a request's body on its way. */
  request?: (path: string, body: Json) => Json;
  /** Changes a good answer's body on its way back. */
  answer?: (path: string, body: Json) => Json;
  /** Each request is forwarded that many times; the last answer counts. */
  times?: (path: string) => number;
}

const FORWARDED = ['authorization', 'content-type', PROTOCOL_HEADER];

/** Stands before a service and misbehaves. It does not stream. */
export async function tamper(service: string, tampering: Tampering) {
  const { request = (_path, body) => body, answer = (_path, body) => body, times = () => 1 } = tampering;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const path = incoming.url ?? '/';
      if (path === routes.pokes) {
        outgoing.writeHead(501).end();
        return;
      }
      const sent = await buffer(incoming);
      const headers = Object.fromEntries(
        FORWARDED.flatMap((name) => {
          const value = incoming.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      );
      let response: Response | undefined;
      for (let i = 0; i < times(path); i += 1) {
        const body = sent.length === 0 ? undefined : tampered(sent, (json) => request(path, json));
        response = await fetch(`${service}${path}`, {
          method: incoming.method ?? 'GET',
          headers,
          ...(body === undefined ? {} : { body }),
        });
      }
      const text = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
      outgoing.writeHead(response?.status ?? 500, {
        'content-type': response?.headers.get('content-type') ?? 'text/plain',
      });
      outgoing.end(response?.ok ? tampered(text, (json) => answer(path, json)) : text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bytes that are no JSON object are none of its business. */
function tampered(bytes: Buffer, change: (json: Json) => Json): BodyInit & (string | Uint8Array) {
  try {
    return JSON.stringify(change(JSON.parse(bytes.toString()) as Json));
  } catch {
    return new Uint8Array(bytes);
  }
}
