import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepMails, type KeptMail, type MailKeeper } from './mail-keeper.ts';
import { listOf, mailPageOf, pageOf, SCRIPT, STYLE } from './page.ts';
import { languageOf } from './words.ts';

export interface Inbox {
  /** Where the service hands mails over. */
  smtpUrl: string;
  /** Where people read them. */
  url: string;
  close(): Promise<void>;
}

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Mails bring their own styles and nothing else: no script, no image, no frame; links open beside the inbox. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

interface Answer {
  type: string;
  body: string;
  policy?: string;
}

/** Keeps the demo's mails in the folder and shows them in the browser; both can be reached from this computer only. */
export async function openInbox(folder: string): Promise<Inbox> {
  const keeper = await keepMails(folder);
  const server = createServer((request, response) => reply(request, response, keeper));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    smtpUrl: keeper.smtpUrl,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      await keeper.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(request: IncomingMessage, response: ServerResponse, keeper: MailKeeper): void {
  const port = request.socket.localPort ?? 0;
  // A page elsewhere whose name was made to point here does not get to read mails.
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? '');
  const answer = ours && request.method === 'GET' ? answerTo(request, keeper) : undefined;
  response.writeHead(answer ? 200 : 404, {
    'content-type': `${answer?.type ?? 'text/plain'}; charset=utf-8`,
    'content-security-policy': answer?.policy ?? PAGE_POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(answer?.body ?? 'Not found.\n');
}

function answerTo(request: IncomingMessage, keeper: MailKeeper): Answer | undefined {
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (!url) return undefined;
  const mails = keeper.list();
  const find = (id: string | null): KeptMail | undefined => mails.find((mail) => String(mail.id) === id);
  const language = languageOf(request.headers['accept-language']);
  const asked = url.searchParams.get('mail');
  const chosen = asked === null ? mails[0] : find(asked);
  switch (url.pathname) {
    case '/':
      return { type: 'text/html', body: pageOf(mails, chosen, language) };
    case '/list':
      return { type: 'text/html', body: listOf(mails, chosen, language) };
    case '/mails.json':
      return { type: 'application/json', body: JSON.stringify({ mails }) };
    case '/inbox.js':
      return { type: 'text/javascript', body: SCRIPT };
    case '/inbox.css':
      return { type: 'text/css', body: STYLE };
  }
  const mail = find(/^\/mails\/(\d+)$/.exec(url.pathname)?.[1] ?? null);
  return mail && { type: 'text/html', body: mailPageOf(mail), policy: MAIL_POLICY };
}
