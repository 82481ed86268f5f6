import { contentSecurityPolicy } from '#main/windows/content-security-policy.ts';
import { engineCalls, shellCalls } from '#shared/ipc/names.ts';
import { expect, test } from '#test/support/electron.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inPage } from '#test/support/main-process.ts';

/** What the browser itself says when a policy stops something: the very thing that these tests provoke. */
const refusals = [
  /Content Security Policy/i,
  /TrustedHTML|TrustedScript/,
  /was refused/,
  /ERR_(BLOCKED|FAILED)/,
  /Failed to load resource/,
  /Not allowed to load local resource/,
];

test.describe('the page', () => {
  test('has the bridge and nothing else of ours or of Node', async ({ launch }) => {
    const { page } = await launch();
    const globals = await page.evaluate(() => ({
      bridge: Object.keys(window.oscaro).sort(),
      calls: Object.keys(window.oscaro.calls).sort(),
      node: [
        'require',
        'process',
        'Buffer',
        'module',
        'global',
        '__dirname',
        'electron',
        'ipcRenderer',
      ].filter((name) => name in globalThis),
      replaceable: Reflect.set(window, 'oscaro', {}),
    }));
    expect(globals.bridge).toEqual(['calls', 'on']);
    expect(globals.calls).toEqual([...engineCalls, ...shellCalls].sort());
    expect(globals.node).toEqual([]);
    expect(globals.replaceable).toBe(false);
  });

  test('runs isolated and sandboxed, whatever the defaults of Electron become', async ({ launch }) => {
    const { app } = await launch();
    const preferences = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        // Not in the types, but the only way to ask the running window instead of the source.
        const contents = window.webContents as unknown as { getLastWebPreferences: () => object };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences).toHaveLength(1);
    expect(preferences[0]).toMatchObject({
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
    });
  });
});

test.describe('the content security policy', () => {
  test('comes as a header with the document, word for word', async ({ launch }) => {
    const { app } = await launch();
    const headers = await app.evaluate(async ({ net }) => {
      const response = await net.fetch('app://oscaro/index.html');
      return Object.fromEntries(response.headers);
    });
    expect(headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('stops scripts, styles and requests that are not ours', async ({ launch }) => {
    const { app } = await launch({ expectedProblems: refusals });
    const seen = (await inPage(
      app,
      `(async () => {
      const violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(event.effectiveDirective);
      });
      const inline = document.createElement('script');
      // Trusted Types refuse the text already; were they gone, script-src would refuse to run it.
      try { inline.append('window.inlineRan = true'); } catch {}
      document.body.append(inline);
      const holder = document.createElement('p');
      holder.setAttribute('style', 'position: fixed');
      document.body.append(holder);
      const remote = document.createElement('img');
      remote.src = 'https://example.org/pixel.png';
      document.body.append(remote);
      const fetched = await fetch('https://example.org/').then(
        () => 'answered',
        () => 'refused',
      );
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return {
        violations: [...new Set(violations)].sort(),
        inlineRan: 'inlineRan' in window,
        styled: getComputedStyle(holder).position,
        fetched,
      };
    })()`,
    )) as { violations: string[]; inlineRan: boolean; styled: string; fetched: string };
    expect(seen.inlineRan).toBe(false);
    expect(seen.styled).toBe('static');
    expect(seen.fetched).toBe('refused');
    expect(seen.violations).toEqual(
      expect.arrayContaining(['connect-src', 'img-src', 'require-trusted-types-for', 'style-src-attr']),
    );
  });

  test('lets no string become code or markup', async ({ launch }) => {
    const { app } = await launch({ expectedProblems: refusals });
    // executeJavaScript runs in the page's world and under its policy, unlike Playwright's evaluate.
    const outcome = await app.evaluate(({ BrowserWindow }) => {
      const attempt = `(() => {
        const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.name; } };
        return {
          eval: tried(() => window.eval('1 + 1')),
          function: tried(() => new Function('return 1')()),
          timer: tried(() => setTimeout('window.timerRan = true')),
          markup: tried(() => { document.createElement('p').innerHTML = '<b>x</b>'; }),
          policy: tried(() => trustedTypes.createPolicy('mine', { createHTML: (text) => text })),
        };
      })()`;
      return BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(attempt) as Promise<
        Record<string, string>
      >;
    });
    expect(outcome).toEqual({
      eval: 'EvalError',
      function: 'EvalError',
      timer: expect.stringMatching(/Error$/),
      markup: 'TypeError',
      policy: 'TypeError',
    });
  });

  test('finds nothing in the build that would need more', () => {
    const folder = join(import.meta.dirname, '..', '..', 'out', 'renderer');
    const documents = readdirSync(folder).filter((name) => name.endsWith('.html'));
    expect(documents).toContain('index.html');
    for (const name of documents) {
      const html = readFileSync(join(folder, name), 'utf8');
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|https?:\/\//i);
    }
  });
});

test.describe('the app protocol', () => {
  const outside = [
    'app://oscaro/../main/index.js',
    'app://oscaro/..%2fmain/index.js',
    'app://oscaro/%2e%2e/main/index.js',
    'app://oscaro/%2e%2e%2fmain%2findex.js',
    'app://oscaro/assets/..%5c..%5cmain/index.js',
    'app://oscaro/%252e%252e/main/index.js',
    'app://oscaro//etc/passwd',
    'app://oscaro/%2fetc%2fpasswd',
    'app://oscaro/index.html%00.js',
    'app://oscaro/',
    'app://oscaro/assets',
    'app://elsewhere/index.html',
    'app://oscaro.evil/index.html',
  ];

  test('answers 404 outside of its folder and its host, however it is spelled', async ({ launch }) => {
    const { app } = await launch();
    const statuses = await app.evaluate(
      async ({ net }, urls) =>
        Promise.all(urls.map(async (url) => [url, (await net.fetch(url)).status] as const)),
      outside,
    );
    expect(statuses.filter(([, status]) => status !== 404)).toEqual([]);
    const known = await app.evaluate(async ({ net }) => (await net.fetch('app://oscaro/index.html')).status);
    expect(known).toBe(200);
  });

  test('takes nothing but GET and HEAD', async ({ launch }) => {
    const { app } = await launch();
    const status = await app.evaluate(
      async ({ net }) => (await net.fetch('app://oscaro/index.html', { method: 'POST', body: 'x' })).status,
    );
    expect(status).toBe(405);
  });
});

test.describe('the way out', () => {
  test('navigation, new windows and webviews are refused', async ({ launch }) => {
    const { app, page } = await launch({ expectedProblems: refusals });
    const before = page.url();
    const opened = await inPage(
      app,
      `(() => {
      const results = [
        'https://example.org/', 'file:///etc/passwd', 'about:blank', 'javascript:1', 'app://oscaro/print.html',
      ].map((url) => window.open(url) === null);
      document.body.append(document.createElement('webview'));
      return results;
    })()`,
    );
    expect(opened).toEqual([true, true, true, true, true]);
    await inPage(app, `{ location.href = 'https://example.org/'; undefined }`);
    await inPage(app, `{ location.assign('file:///etc/passwd'); undefined }`);
    await inPage(
      app,
      `{
      const link = document.createElement('a');
      link.href = 'https://example.org/';
      link.target = '_blank';
      document.body.append(link);
      link.click();
    }`,
    );
    // An answer from the page proves that it is still there, and that whatever was asked before has been dealt with.
    expect(await page.evaluate(() => location.href)).toBe(before);
    expect(app.windows()).toHaveLength(1);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test('every permission is denied', async ({ launch }) => {
    const { app } = await launch({ expectedProblems: refusals });
    const answers = await inPage(
      app,
      `(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const states = await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      const position = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code)));
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', (e) => e.name);
      const clipboard = await navigator.clipboard.readText().then(() => 'given', (e) => e.name);
      return { states, position, media, clipboard };
    })()`,
    );
    expect(answers).toEqual({
      states: ['denied', 'denied', 'denied', 'denied', 'denied', 'denied'],
      position: 1,
      // A machine without a microphone says so before anybody is asked.
      media: expect.stringMatching(/^Not(Allowed|Found)Error$/),
      clipboard: 'NotAllowedError',
    });
  });
});

test.describe('calls', () => {
  test('with wrong arguments answer invalid_input and reach no handler', async ({ launch }) => {
    const { page } = await launch();
    const kinds = await page.evaluate(async () => {
      const calls = window.oscaro.calls as unknown as Record<
        string,
        (input: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>
      >;
      const wrong: Array<[string, unknown]> = [
        ['orders.get', { id: '../../etc/passwd' }],
        ['orders.get', { id: 7 }],
        ['orders.page', { filter: {}, offset: -1, limit: 50 }],
        ['orders.page', { filter: { unknown: true }, offset: 0, limit: 50 }],
        ['settings.set', { theme: 'pink' }],
        ['settings.set', { __proto__: null, surprise: 1 }],
        ['app.copy', { text: 'x'.repeat(20_001) }],
        ['app.info', { anything: true }],
        ['jobs.cancel', undefined],
      ];
      return Promise.all(
        wrong.map(async ([name, input]) => {
          const result = await calls[name]!(input);
          return result.error?.kind ?? 'accepted';
        }),
      );
    });
    expect(kinds).toEqual(kinds.map(() => 'invalid_input'));
    expect(kinds).toHaveLength(9);
  });

  test('from a frame that is not the main frame of our own page are refused', async ({ launch }) => {
    const { app } = await launch({
      expectedProblems: [...refusals, /not ours/, /Electron Security Warning/],
    });
    const preload = 'out/preload/index.cjs';
    const answers = await app.evaluate(async ({ app: electron, BrowserWindow }, script) => {
      const ask = `window.oscaro.calls['app.info']()`;
      const results: Record<string, unknown> = {};
      // A window with our own preload script, as an attacker would have it who made one open.
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${electron.getAppPath()}/${script}`, sandbox: true },
      });
      await stranger.loadURL('about:blank');
      results['blank'] = await stranger.webContents.executeJavaScript(ask);
      await stranger.loadURL('data:text/html,<p>');
      results['data'] = await stranger.webContents.executeJavaScript(ask);
      await stranger.loadURL('app://oscaro/index.html');
      results['same origin, other window'] = await stranger.webContents.executeJavaScript(ask);
      stranger.destroy();
      return results;
    }, preload);
    for (const [where, answer] of Object.entries(answers)) {
      expect(answer, where).toEqual({ ok: false, error: { kind: 'untrusted_sender' } });
    }
    expect(Object.keys(answers)).toHaveLength(3);
  });

  test('cannot be made from a frame inside our page', async ({ launch }) => {
    const { app } = await launch({ expectedProblems: refusals });
    const inFrame = await inPage(
      app,
      `(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve));
      return typeof frame.contentWindow.oscaro;
    })()`,
    );
    expect(inFrame).toBe('undefined');
  });
});
