import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { HttpFailure } from './http-failure.ts';

/**
 * Makes `close()` prompt: streams end, requests that run are answered, later ones on kept-alive connections are refused in the contract's
 * shape, and connections that were opened ahead of any request are cut. Node counts those as busy and would wait for
 * their first header for a minute.
 */
export function installClosing(app: FastifyInstance, endStreams: () => void): void {
  const unused = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', (request: IncomingMessage) => unused.delete(request.socket));
  app.addHook('preClose', (done) => {
    closing = true;
    endStreams();
    for (const socket of unused) socket.destroy();
    done();
  });
  app.addHook('onRequest', (_request, reply, done) => {
    if (!closing) {
      done();
      return;
    }
    reply.header('connection', 'close');
    done(new HttpFailure({ kind: 'unavailable', message: 'The service is stopping.', retryAfterSeconds: 5 }));
  });
}
