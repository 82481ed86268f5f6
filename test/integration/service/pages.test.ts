import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frenchVatNumber } from '#shared/domain/company-numbers.ts';
import { routes } from '#shared/protocol/routes.ts';
import { mailTo, tokenIn } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, manualClock, signIn } from './client.ts';

const PASSWORD = 'cheval correct, pile 4';
const clock = manualClock();
let running: RunningService;

beforeAll(async () => {
  running = await startService({ clock, trustProxy: ['127.0.0.1'] });
});
afterAll(() => running.close());
beforeEach(() => clock.advance(48 * 3_600_000));

let caller = 0;
async function activationLink(email: string, over: object = {}): Promise<string> {
  const person = {
    kind: 'private',
    email,
    password: PASSWORD,
    firstName: 'Léa',
    lastName: 'Roux',
    language: 'fr',
    consents: {},
    ...over,
  };
  const headers = { 'x-forwarded-for': `10.2.0.${(caller += 1)}` };
  expect((await call(running.url, routes.signUp, { json: person, headers })).status).toBe(202);
  return (await mailTo(running, email, 'activation')).link;
}

async function resetLink(email: string): Promise<string> {
  await running.createAccount({ email, password: 'right' });
  const headers = { 'x-forwarded-for': `10.2.1.${(caller += 1)}` };
  await call(running.url, routes.resetMail, { json: { email, language: 'fr' }, headers });
  return (await mailTo(running, email, 'password_reset')).link;
}

/** As a browser shows it: the page's text, with its status. */
async function look(answer: Promise<Response> | Response) {
  const response = await answer;
  return { status: response.status, text: await response.text(), headers: response.headers };
}
const get = (link: string, headers: Record<string, string> = {}) => look(fetch(link, { headers }));

const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  look(
    fetch(`${running.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'x-forwarded-for': `10.2.2.${(caller += 1)}`, ...headers },
    }),
  );

/** Fills in the form of a page and sends it where it says. */
async function submitForm(page: string, typed: Record<string, string> = {}) {
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  if (action === undefined) throw new Error('The page has no form.');
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return submit(action, {
    ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
    ...typed,
  });
}

describe('the page of an activation', () => {
  it('says whose account it is, and activates it when its button is pressed, not when it is looked at', async () => {
    const link = await activationLink('lea@example.org');
    for (let i = 0; i < 5; i += 1) expect((await get(link)).status).toBe(200);
    const { text } = await get(link);
    expect(text).toContain('Activer votre compte');
    expect(text).toContain('<dd>Léa Roux</dd>');
    expect(text).toContain('<dd>lea@example.org</dd>');
    const done = await submitForm(text);
    expect(done).toMatchObject({ status: 200 });
    expect(done.text).toContain('Votre compte est activé');
    expect(done.text).toContain('href="oscaro-desktop://activated"');
    await signIn(running.url, 'lea@example.org', PASSWORD);
    // Sent again by going back.
    for (const again of [await submitForm(text), await get(link)]) {
      expect(again.status).toBe(410);
      expect(again.text).toContain('Ce compte est déjà activé');
      expect(again.text).toContain('oscaro-desktop://activated');
    }
  });

  it('shows what was typed as text', async () => {
    const link = await activationLink('html@example.org', {
      firstName: '<script>alert(1)</script>',
      lastName: `"'&`,
      kind: 'garage',
      company: { name: '<b>Garage</b>', siren: '999999063', vatNumber: frenchVatNumber('999999063') },
    });
    const { text } = await get(link);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;');
    expect(text).toContain('<dd>&lt;b&gt;Garage&lt;/b&gt;</dd>');
    expect(text).not.toContain('<script');
  });

  it('has a way on when its link is over, made up or broken', async () => {
    const link = await activationLink('late@example.org');
    clock.advance(24 * 3_600_000);
    const late = await get(link);
    expect(late).toMatchObject({ status: 410 });
    expect(late.text).toContain('Ce lien a expiré');
    const sent = await submitForm(late.text, { email: 'late@example.org' });
    expect(sent).toMatchObject({ status: 202 });
    expect(sent.text).toContain('Regardez vos e-mails');
    const newer = await mailTo(running, 'late@example.org', 'activation');
    expect(newer.link).not.toBe(link);
    expect((await submitForm((await get(newer.link)).text)).text).toContain('Votre compte est activé');
    for (const broken of [
      '',
      '?token=',
      '?token=x',
      `?token=omt_${'A'.repeat(43)}`,
      '?token=a&token=b',
      '?token=%00',
    ]) {
      const page = await get(`${running.url}/activation${broken}`);
      expect({ broken, status: page.status }).toEqual({ broken, status: 410 });
      expect(page.text).toContain('Ce lien ne mène à rien');
    }
  });
});

describe('the page of a new password', () => {
  it('takes it, says what is wrong with it, and does not show it again', async () => {
    const link = await resetLink('sam@example.org');
    const first = await get(link);
    expect(first.text).toContain('autocomplete="new-password"');
    expect(first.text).not.toContain('role="alert"');
    const weak = await submitForm(first.text, { password: 'Camille-azerty' });
    expect(weak).toMatchObject({ status: 422 });
    expect(weak.text).toContain('role="alert"');
    expect(weak.text).toContain('<li class="bad">un chiffre (à revoir)</li>');
    expect(weak.text).toContain('<li class="good">8\u00a0caractères au moins</li>');
    expect(weak.text).not.toContain('Camille-azerty');
    const done = await submitForm(weak.text, { password: 'à la pêche & 3 +' });
    expect(done).toMatchObject({ status: 200 });
    expect(done.text).toContain('href="oscaro-desktop://password-reset"');
    await signIn(running.url, 'sam@example.org', 'à la pêche & 3 +');
    const used = await get(link);
    expect([used.status, used.text.includes('Ce lien a déjà servi')]).toEqual([410, true]);
  });

  it('lets everybody ask for the mail, and says the same to each', async () => {
    await running.createAccount({ email: 'known@example.org', password: 'right' });
    const { status, text } = await get(`${running.url}/password-reset`);
    expect(status).toBe(200);
    const known = await submitForm(text, { email: 'known@example.org' });
    const unknown = await submitForm(text, { email: 'unknown@example.org' });
    expect([known.status, known.text]).toEqual([202, unknown.text]);
    expect((await mailTo(running, 'known@example.org', 'password_reset')).language).toBe('fr');
  });

  it('says in words how long to wait', async () => {
    const ask = () =>
      submit(
        '/password-reset/mail',
        { email: 'often@example.org', lang: 'en' },
        { 'x-forwarded-for': '10.9.9.9' },
      );
    expect((await ask()).status).toBe(202);
    const { status, text, headers } = await ask();
    expect([status, headers.get('retry-after')]).toEqual([429, '60']);
    expect(text).toContain('Try again in 60 seconds.');
  });
});

describe('the page of another address', () => {
  it('asks both mailboxes, and says what is left to do', async () => {
    const [email, moved] = ['before@example.org', 'after@example.org'];
    await running.createAccount({ email, password: 'right' });
    const { accessToken: token } = await signIn(running.url, email, 'right');
    const asked = await call(running.url, routes.accountEmail, {
      token,
      json: { password: 'right', email: moved },
    });
    expect(asked.status).toBe(202);
    const links = [
      (await mailTo(running, email, 'email_change')).link,
      (await mailTo(running, moved, 'email_change')).link,
    ];
    for (const link of links) for (let i = 0; i < 3; i += 1) expect((await get(link)).status).toBe(200);
    const first = await submitForm((await get(links[0]!)).text);
    expect([first.status, first.text.includes('à la nouvelle adresse')]).toEqual([200, true]);
    const second = await submitForm((await get(links[1]!)).text);
    expect(second.text).toContain('L’adresse est changée');
    expect(second.text).toContain('href="oscaro-desktop://email-changed"');
    await signIn(running.url, moved, 'right');
    const again = await submitForm((await get(links[1]!)).text);
    expect([again.status, again.text.includes('Ce lien a déjà servi')]).toEqual([410, true]);
    expect((await get(`${running.url}/email-change`)).status).toBe(410);
  });
});

describe('every page', () => {
  it('comes in the language of its link, or of the browser', async () => {
    const link = `${running.url}/password-reset`;
    const langOf = async (url: string, accepted: string) =>
      /<html lang="(..)"/.exec((await get(url, { 'accept-language': accepted })).text)?.[1];
    expect(await langOf(`${link}?lang=en`, 'fr')).toBe('en');
    expect(await langOf(link, 'en-GB,en;q=0.9,fr;q=0.8')).toBe('en');
    expect(await langOf(link, 'de,fr-CA;q=0.5')).toBe('fr');
    expect(await langOf(link, 'de')).toBe('fr');
    expect(await langOf(`${link}?lang=<script>`, 'fr')).toBe('fr');
  });

  it('runs no script, is kept nowhere, shown in no frame, and says nothing to others', async () => {
    const link = await resetLink('strict@example.org');
    for (const page of [
      await get(link),
      await get(`${running.url}/activation`),
      await submit('/activation', {}),
    ]) {
      const policy = page.headers.get('content-security-policy');
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.text).not.toMatch(/<script|style="|https?:\/\//);
    }
  });

  it('takes forms from itself only', async () => {
    const token = tokenIn(await activationLink('foreign@example.org'));
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'not an origin' },
    ];
    for (const headers of foreign) expect((await submit('/activation', { token }, headers)).status).toBe(400);
    const own = { 'sec-fetch-site': 'same-origin', origin: 'null' };
    expect((await submit('/activation', { token }, own)).status).toBe(200);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'takes no %s',
    async (type) => {
      const response = await look(
        fetch(`${running.url}/activation`, { method: 'POST', body: '{}', headers: { 'content-type': type } }),
      );
      expect(response.status).toBe(415);
      expect(response.text).toContain('Cette page n’a pas pu s’afficher');
    },
  );
});

/** Announces 100 MB and sends until it is answered. */
const flood = (path: string, type: string) =>
  new Promise<string>((resolve) => {
    const { port, hostname } = new URL(running.url);
    const chunk = Buffer.alloc(64 * 1024, 0x61);
    let answer = '';
    let sent = 0;
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\noscaro-protocol: 3\r\nContent-Type: ${type}\r\nContent-Length: ${100 * 1024 * 1024}\r\n\r\n`,
      );
      const more = () => {
        while (answer === '' && sent < 100 * 1024 * 1024) {
          sent += chunk.length;
          if (!socket.write(chunk)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      socket.destroy();
    });
    // What is cut off while it still sends may see an error instead of the answer.
    socket.on('error', () => undefined).on('close', () => resolve(answer));
  });

it.each([
  [routes.signUp, 'application/json'],
  [routes.resetPassword, 'application/json'],
  ['/password-reset', 'application/x-www-form-urlencoded'],
])('refuses 100 MB to %s unread', async (path, type) => {
  expect(await flood(path, type)).toMatch(/^HTTP\/1\.1 413 /);
  expect((await fetch(`${running.url}${routes.health}`)).status).toBe(200);
});
