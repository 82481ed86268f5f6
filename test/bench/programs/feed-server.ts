import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { newId } from '#shared/domain/ids.ts';
import type { Health } from '#shared/protocol/health.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { routes } from '#shared/protocol/routes.ts';
import type { SignInResponse, Tokens } from '#shared/protocol/sessions.ts';
import { PROTOCOL_VERSION, SERVICE_NAME } from '#shared/protocol/version.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import { DELTA_ORDERS } from '../data/delta.ts';
import { deltaPath, factsPath, feedPath } from '../data/dataset.ts';
import { invoicePdf } from '../data/invoice-pdf.ts';
import { lengthOf, readFeed, slice } from '../data/feed-file.ts';
import { answer, programInput } from '../lib/program.ts';

/**
 * Answers as the account service would, from bytes made beforehand: what is measured against it is the client alone.
 * It knows one account and lets anybody in. The cursor is the place in the feed; the delta follows once it was asked
 * for with `POST /bench/delta?upto=1`, 2, …
 */
const { folder } = programInput<{ folder: string }>();
const facts = JSON.parse(readFileSync(factsPath(folder), 'utf8')) as DatasetFacts;
const feed = readFeed(feedPath(folder));
const delta = readFeed(deltaPath(folder));
const pdfs = new Map(facts.invoiceIds.map((id) => [id, pdfWithTag(id)]));
const DEVICE_SECRET = randomBytes(32).toString('base64url');
let changesOut = 0;

const account = {
  id: facts.accountId,
  kind: 'garage',
  email: 'garage@example.org',
  displayName: 'Garage',
} as const;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === routes.pull) pull(url, response);
  else if (url.pathname === routes.pokes) pokes(response);
  else if (url.pathname === routes.health) json(response, health());
  else if (url.pathname === routes.signIn) answerPost(request, response, signedIn());
  else if (url.pathname === routes.refresh) answerPost(request, response, tokens());
  else if (url.pathname === routes.currentSession) response.writeHead(204).end();
  else if (url.pathname.startsWith('/v1/invoices/')) pdf(url, response);
  else if (url.pathname === '/bench/delta') turnDelta(url, request, response);
  else json(response, { error: { kind: 'not_found', message: url.pathname, requestId: newId() } }, 404);
});

function pull(url: URL, response: ServerResponse): void {
  const limit = Number(url.searchParams.get('limit') ?? 500);
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const total = lengthOf(feed);
  const inDelta = from >= total;
  const source = inDelta ? delta : feed;
  const start = inDelta ? from - total : from;
  const available = inDelta ? Math.max(start, changesOut) : lengthOf(source);
  const end = Math.min(available, start + limit);
  const remaining = available - end + (inDelta ? 0 : changesOut);
  const page: PullResponse = {
    changes: [],
    rejections: [],
    ask: url.searchParams.get('ask') ?? undefined,
    after: url.searchParams.get('cursor'),
    cursor: String((inDelta ? total : 0) + end),
    hasMore: remaining > 0,
    ...(remaining > 0 ? {} : { lastSeq: 0 }),
    epoch: 'bench',
    remaining,
  };
  const [before, after] = JSON.stringify(page).split('"changes":[]') as [string, string];
  const head = Buffer.from(`${before}"changes":[`);
  const tail = Buffer.from(`]${after}`);
  const body = slice(source, start, end);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': head.length + body.length + tail.length,
  });
  response.write(head);
  response.write(body);
  response.end(tail);
}

function pokes(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
  const heartbeat = setInterval(() => response.write(': here\n\n'), 15_000);
  response.on('close', () => clearInterval(heartbeat));
}

function health(): Health {
  const protocol = { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION };
  return { service: SERVICE_NAME, status: 'ok', version: '0.0.0', protocol };
}

function tokens(): Tokens {
  const token = (): string => `bench-${newId()}`;
  const lifetime = { accessExpiresInSeconds: 86_400, refreshExpiresInSeconds: 8_640_000 };
  return { accessToken: token(), refreshToken: token(), ...lifetime };
}

const signedIn = (): SignInResponse => ({ ...tokens(), deviceSecret: DEVICE_SECRET, account });

function answerPost(request: IncomingMessage, response: ServerResponse, body: object): void {
  request.resume().on('end', () => json(response, body));
}

function pdfWithTag(id: string): { bytes: Buffer; etag: string } {
  const bytes = invoicePdf(id);
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('hex')}"` };
}

function pdf(url: URL, response: ServerResponse): void {
  const found = pdfs.get(url.pathname.split('/')[3] ?? '');
  if (!found) return json(response, { error: { kind: 'not_found', message: '', requestId: newId() } }, 404);
  const headers = {
    'content-type': 'application/pdf',
    'content-length': found.bytes.length,
    etag: found.etag,
  };
  response.writeHead(200, headers).end(found.bytes);
}

function turnDelta(url: URL, request: IncomingMessage, response: ServerResponse): void {
  changesOut = Number(url.searchParams.get('upto')) * DELTA_ORDERS;
  request.resume().on('end', () => json(response, {}));
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
    .end(bytes);
}

server.listen(0, '127.0.0.1', () => answer({ port: (server.address() as AddressInfo).port }));
