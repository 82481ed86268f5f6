import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Transport, TransportAnswer, TransportRequest } from './transport.ts';
import { NeverLeft } from './transport.ts';

export interface NodeTransport {
  transport: Transport;
  close: () => void;
}

const AGENT = { keepAlive: true, maxSockets: 16, maxFreeSockets: 6 } as const;
const DECODERS = { gzip: createGunzip, br: createBrotliDecompress, deflate: createInflate } as const;

/**
 * Node's own HTTP client. `fetch` would do as well, but loading it costs a start of the app some hundred milliseconds and each small
 * request as much again as the request itself.
 */
export function nodeTransport(): NodeTransport {
  const http = new HttpAgent(AGENT);
  // Said, not left to the default, which a variable of the environment can turn off.
  const https = new HttpsAgent({ ...AGENT, rejectUnauthorized: true });
  const send = (given: TransportRequest): ClientRequest => {
    const options = { method: given.method, headers: withLength(given), signal: given.signal };
    return given.url.startsWith('https:')
      ? httpsRequest(given.url, { ...options, agent: https })
      : httpRequest(given.url, { ...options, agent: http });
  };
  const attempt = (given: TransportRequest): Promise<TransportAnswer> =>
    new Promise((resolve, reject) => {
      const request = send(given);
      let connected = false;
      request.once('socket', (socket) => {
        // One that was kept open has a connection already.
        if (socket.connecting) socket.once('connect', () => (connected = true));
        else connected = true;
      });
      request.once('response', (response) => resolve(answerOf(response)));
      request.once('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept and that the service has closed in the same moment: the request never began.
        const stale = request.reusedSocket && error.code === 'ECONNRESET' && !given.signal.aborted;
        if (stale && given.method === 'GET') attempt(given).then(resolve, reject);
        else reject(connected ? error : new NeverLeft(error));
      });
      request.end(given.body);
    });
  return {
    transport: attempt,
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function withLength({ headers, body }: TransportRequest): Record<string, string> {
  const accepted = { 'accept-encoding': 'gzip, br', ...headers };
  return body === undefined ? accepted : { ...accepted, 'content-length': String(Buffer.byteLength(body)) };
}

function answerOf(response: IncomingMessage): TransportAnswer {
  const encoding = response.headers['content-encoding'];
  return {
    status: response.statusCode ?? 0,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body:
      encoding !== undefined && Object.hasOwn(DECODERS, encoding)
        ? decoded(response, encoding as keyof typeof DECODERS)
        : response,
  };
}

async function* decoded(
  response: IncomingMessage,
  encoding: keyof typeof DECODERS,
): AsyncGenerator<Uint8Array> {
  const decoder = DECODERS[encoding]();
  response.once('error', (error) => decoder.destroy(error));
  response.once('aborted', () => decoder.destroy(Object.assign(new Error('cut'), { code: 'ECONNRESET' })));
  response.pipe(decoder);
  try {
    for await (const chunk of decoder) yield chunk as Uint8Array;
  } finally {
    response.destroy();
  }
}
