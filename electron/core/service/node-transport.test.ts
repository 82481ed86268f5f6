import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeTransport, type NodeTransport } from './node-transport.ts';
import { NeverLeft } from './transport.ts';

let node: NodeTransport;
const servers: (Server | TcpServer)[] = [];

beforeEach(() => {
  node = nodeTransport();
});
afterEach(async () => {
  node.close();
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

function post(url: string, signal = new AbortController().signal): Promise<unknown> {
  return node.transport({ method: 'POST', url, headers: {}, body: '{}', signal });
}

async function listening<S extends Server | TcpServer>(server: S): Promise<{ url: string; server: S }> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const thrownBy = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => {
      throw new Error('this had to fail');
    },
    (error: unknown) => error,
  );

describe('a request that met no service has never left', () => {
  it('when the connection is refused', async () => {
    const { url, server } = await listening(createTcp());
    await new Promise((done) => server.close(done));
    servers.length = 0;
    const error = await thrownBy(post(url));
    expect(error).toBeInstanceOf(NeverLeft);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('when nobody knows the name', async () => {
    expect(await thrownBy(post('http://nobody.invalid'))).toBeInstanceOf(NeverLeft);
  });

  it('when it was given up before there was a connection', async () => {
    const { url } = await listening(createTcp());
    const given = new AbortController();
    const attempt = thrownBy(post(url, given.signal));
    given.abort();
    expect(await attempt).toBeInstanceOf(NeverLeft);
  });
});

describe('a request may have left', () => {
  it('when the connection is cut without an answer', async () => {
    const { url } = await listening(createTcp((socket) => socket.destroy()));
    expect(await thrownBy(post(url))).not.toBeInstanceOf(NeverLeft);
  });

  it('over TLS, as soon as there is a connection at all', async () => {
    const { url } = await listening(createTcp((socket) => socket.destroy()));
    expect(await thrownBy(post(url.replace('http:', 'https:')))).not.toBeInstanceOf(NeverLeft);
  });

  it('over a connection that was kept and that the service has closed', async () => {
    const { url, server } = await listening(
      createServer((request, response) => {
        request.resume().once('end', () => response.end('{}'));
      }),
    );
    const first = (await post(url)) as { body: AsyncIterable<Uint8Array> };
    for await (const piece of first.body) expect(piece.byteLength).toBe(2);
    server.removeAllListeners('request');
    server.once('request', (request) => request.socket.destroy());
    expect(await thrownBy(post(url))).not.toBeInstanceOf(NeverLeft);
  });

  it('when it is given up while it waits for the answer', async () => {
    const given = new AbortController();
    const { url } = await listening(createServer(() => given.abort()));
    expect(await thrownBy(post(url, given.signal))).not.toBeInstanceOf(NeverLeft);
  });
});

it('asks nobody whose certificate is not vouched for, whatever the environment says', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  try {
    let asked = 0;
    const { url } = await listening(
      createTlsServer(selfSigned(), (_, response) => {
        asked += 1;
        response.end('{}');
      }),
    );
    const error = await thrownBy(post(url.replace('http:', 'https:')));
    expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).toBe(0);
  } finally {
    vi.unstubAllEnvs();
  }
});

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')] as const;
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1'];
    execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
