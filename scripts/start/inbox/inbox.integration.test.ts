import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInbox, type Inbox } from './inbox.ts';

let folder: string;
let inbox: Inbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inbox-'));
  inbox = await openInbox(join(folder, 'mails'));
});
afterEach(async () => {
  await inbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (subject: string, html = '<p>Bonjour</p>') =>
  createTransport(inbox.smtpUrl).sendMail({
    from: 'Oscaro <demo@example.org>',
    to: 'zoe@example.org',
    subject,
    text: 'Bonjour',
    html,
  });

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, inbox.url), { headers });
  return { response, text: await response.text() };
}

/** With a Host header of one's own, which fetch does not allow. */
const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asking = request(inbox.url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('error', reject).end();
  });

describe('the inbox of the demo', () => {
  it('lists mails, the newest first, and shows the newest', async () => {
    expect((await get('/')).text).toContain('Aucun message pour l’instant.');
    expect((await get('/', { 'accept-language': 'en-GB,fr;q=0.5' })).text).toContain('No mail yet.');
    await send('Un & <deux>');
    await send('Trois');
    const { text } = await get('/');
    expect(text.indexOf('Trois')).toBeLessThan(text.indexOf('Un &amp; &lt;deux&gt;'));
    expect(text).toContain('src="/mails/2" sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect((await get('/?mail=1')).text).toContain('src="/mails/1"');
    expect((await get('/list?mail=1')).text).toMatch(/mail=1" aria-current="true"/);
  });

  it('shows a mail as it came, in a frame that can run nothing', async () => {
    await send('Script', '<script>alert(1)</script><a href="http://127.0.0.1:1/x" target="_blank">x</a>');
    const { response, text } = await get('/mails/1');
    expect(text).toContain('href="http://127.0.0.1:1/x"');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/);
    expect(policy).not.toContain('allow-scripts');
    expect((await get('/')).response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  it('keeps mails from one start to the next', async () => {
    await Promise.all(['a', 'b', 'c'].map((subject) => send(subject)));
    await inbox.close();
    inbox = await openInbox(join(folder, 'mails'));
    await send('d');
    const { mails } = JSON.parse((await get('/mails.json')).text) as { mails: { id: number }[] };
    expect(mails.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    expect(readdirSync(join(folder, 'mails'))).toHaveLength(4);
  });

  it.each(['/mails/7', '/mails/..%2f1', '/other', '/?mail=7'])('has nothing to show at %s', async (path) => {
    const { response, text } = await get(path);
    if (path.startsWith('/?')) expect(text).toContain('Ouvrez un compte dans l’application');
    else expect(response.status).toBe(404);
  });

  it('asks to choose once there is something to choose from', async () => {
    await send('a');
    expect((await get('/?mail=7')).text).toContain('Choisissez un message.');
  });

  it('answers nobody who came by another name', async () => {
    const { host } = new URL(inbox.url);
    expect(await statusFor(host)).toBe(200);
    expect(await statusFor('evil.example')).toBe(404);
  });
});
