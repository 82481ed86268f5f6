import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

const scheme = 'app';
const host = 'oscaro';
export const appOrigin = `${scheme}://${host}`;

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/** Must run before the app is ready. `standard` gives the page a real origin, `codeCache` keeps compiled scripts. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

export function serveAppProtocol(folder: string): void {
  const respond = createResponder(folder);
  protocol.handle(scheme, respond);
}

/**
 * Answers with the files of a folder and nothing else. The list of files is read once, and a request must name one of
 * them exactly: no path is ever built from what was asked, so there is nothing to traverse, however it is encoded.
 */
export function createResponder(folder: string): (request: Request) => Promise<Response> {
  let files: ReadonlyMap<string, string> | undefined;
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    files ??= new Map(listFiles(folder, '/'));
    const url = new URL(request.url);
    const file = url.host === host ? files.get(url.pathname) : undefined;
    if (!file) return refusal(404);
    const type = mimeTypes[extname(file)];
    if (!type) return refusal(404);
    const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file));
    return new Response(body, { headers: headersFor(type, url.pathname) });
  };
}

function* listFiles(folder: string, prefix: string): Generator<[string, string]> {
  // Not `recursive: true`, which does not see into an asar archive on every Electron that we run on.
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* listFiles(path, `${prefix}${entry.name}/`);
    else if (entry.isFile()) yield [`${prefix}${encodeURI(entry.name)}`, path];
  }
}

const baseHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

function headersFor(type: string, pathname: string): Record<string, string> {
  const headers: Record<string, string> = {
    ...baseHeaders,
    'Content-Type': type,
    // Names under assets/ carry a hash of their content; documents change with the version of the app.
    'Cache-Control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  // With scripts too: a worker takes its policy from its own script's response.
  if (/^text\/(html|javascript)/.test(type)) headers['Content-Security-Policy'] = contentSecurityPolicy;
  return headers;
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: baseHeaders });
}
