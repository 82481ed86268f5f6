import { contentSecurityPolicy } from '#main/windows/content-security-policy.ts';
import { engineCalls, shellCalls } from '#shared/ipc/names.ts';
import { expect, test } from '#test/support/packaged/test.ts';
import { archiveOf } from '#test/support/packaged/twin.ts';
import { extractFile, listPackage } from '@electron/asar';

test.describe('the page', () => {
  test('has the bridge and nothing else of ours or of Node', async ({ desk }) => {
    const { inPage } = await desk.drive();
    const globals = (await inPage(`({
      bridge: Object.keys(window.oscaro).sort(),
      calls: Object.keys(window.oscaro.calls).sort(),
      node: ['require', 'process', 'Buffer', 'module', 'global', '__dirname', 'electron', 'ipcRenderer']
        .filter((name) => name in globalThis),
      replaceable: Reflect.set(window, 'oscaro', {}),
    })`)) as { bridge: string[]; calls: string[]; node: string[]; replaceable: boolean };
    expect(globals.bridge).toEqual(['calls', 'on']);
    expect(globals.calls).toEqual([...engineCalls, ...shellCalls].sort());
    expect(globals.node).toEqual([]);
    expect(globals.replaceable).toBe(false);
  });

  test('runs isolated and sandboxed, whatever the defaults of Electron become', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    const preferences = await evaluate(({ BrowserWindow }) =>
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
  test('comes as a header with the document, word for word', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    const headers = await evaluate(async ({ net }) => {
      const response = await net.fetch('app://oscaro/index.html');
      return Object.fromEntries(response.headers);
    });
    expect(headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('stops scripts, styles and requests that are not ours', async ({ desk }) => {
    const { inPage } = await desk.drive();
    const seen = (await inPage(
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

  test('lets no string become code or markup', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    // executeJavaScript runs in the page's world and under its policy, unlike Playwright's evaluate.
    const outcome = await evaluate(({ BrowserWindow }) => {
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

  test('finds nothing in the package that would need more', ({ desk }) => {
    const archive = archiveOf(desk.shipped);
    const documents = listPackage(archive, { isPack: false }).filter((name) => name.endsWith('.html'));
    expect(documents).toContain('/out/renderer/index.html');
    for (const name of documents) {
      const html = extractFile(archive, name.slice(1)).toString('utf8');
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

  test('answers 404 outside of its folder and its host, however it is spelled', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    const statuses = await evaluate(
      async ({ net }, urls) =>
        Promise.all(urls.map(async (url) => [url, (await net.fetch(url)).status] as const)),
      outside,
    );
    expect(statuses.filter(([, status]) => status !== 404)).toEqual([]);
    const known = await evaluate(async ({ net }) => (await net.fetch('app://oscaro/index.html')).status);
    expect(known).toBe(200);
  });

  test('takes nothing but GET and HEAD', async ({ desk }) => {
    const { evaluate } = await desk.drive();
    const status = await evaluate(
      async ({ net }) => (await net.fetch('app://oscaro/index.html', { method: 'POST', body: 'x' })).status,
    );
    expect(status).toBe(405);
  });
});

test.describe('the way out', () => {
  test('navigation, new windows and webviews are refused', async ({ desk }) => {
    const { evaluate, inPage } = await desk.drive();
    const before = await inPage('location.href');
    const opened = await inPage(
      `(() => {
      const results = [
        'https://example.org/', 'file:///etc/passwd', 'about:blank', 'javascript:1', 'app://oscaro/print.html',
      ].map((url) => window.open(url) === null);
      document.body.append(document.createElement('webview'));
      return results;
    })()`,
    );
    expect(opened).toEqual([true, true, true, true, true]);
    await inPage(`{ location.href = 'https://example.org/'; undefined }`);
    await inPage(`{ location.assign('file:///etc/passwd'); undefined }`);
    await inPage(
      `{
      const link = document.createElement('a');
      link.href = 'https://example.org/';
      link.target = '_blank';
      document.body.append(link);
      link.click();
    }`,
    );
    // An answer from the page proves that it is still there, and that whatever was asked before has been dealt with.
    expect(await inPage('location.href')).toBe(before);
    expect(await evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test('every permission is denied', async ({ desk }) => {
    const { inPage } = await desk.drive();
    const answers = await inPage(
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
  test('with wrong arguments answer invalid_input and reach no handler', async ({ desk }) => {
    const { inPage } = await desk.drive();
    const wrong: Array<[string, unknown]> = [
      ['orders.get', { id: '../../etc/passwd' }],
      ['orders.get', { id: 7 }],
      ['orders.page', { filter: {}, offset: -1, limit: 50 }],
      ['orders.page', { filter: { unknown: true }, offset: 0, limit: 50 }],
      ['settings.set', { theme: 'pink' }],
      ['settings.set', { surprise: 1 }],
      ['app.copy', { text: 'x'.repeat(20_001) }],
      ['app.info', { anything: true }],
      ['jobs.cancel', null],
    ];
    const kinds = await inPage(
      `Promise.all(${JSON.stringify(wrong)}.map(async ([name, input]) => {
        const result = await window.oscaro.calls[name](input);
        return result.error?.kind ?? 'accepted';
      }))`,
    );
    expect(kinds).toEqual(wrong.map(() => 'invalid_input'));
  });

  test('from a frame that is not the main frame of our own page are refused', async ({ desk }) => {
    const { evaluate } = await desk.drive({ expectedProblems: [/not ours/] });
    const preload = 'out/preload/index.cjs';
    const answers = await evaluate(async ({ app: electron, BrowserWindow }, script) => {
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

  test('cannot be made from a frame inside our page', async ({ desk }) => {
    const { inPage } = await desk.drive();
    const inFrame = await inPage(
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
