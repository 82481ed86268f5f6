import { describe, expect, it } from 'vitest';
import { readLaunch, refusedSwitch } from './launch.ts';

const env = {
  OSCARO_USER_DATA: '/tmp/data',
  OSCARO_SERVICE_URL: 'http://127.0.0.1:4000',
  OSCARO_LANG: 'en',
  OSCARO_DEMO: '1',
  OSCARO_DEMO_INBOX_URL: 'http://127.0.0.1:4001/',
  OSCARO_TEST_SAVE_DIR: '/tmp/saved',
  OSCARO_TEST_OPEN_FILE: '/tmp/fleet.csv',
  OSCARO_TEST_KEYRING: Buffer.alloc(32, 7).toString('base64'),
  ELECTRON_RENDERER_URL: 'http://127.0.0.1:5173',
};

describe('readLaunch', () => {
  it('takes the environment in development', () => {
    expect(readLaunch(['electron', '.', '--screenshot=/tmp/a.png'], env, false)).toEqual({
      userDataDir: '/tmp/data',
      serviceUrl: 'http://127.0.0.1:4000',
      language: 'en',
      demo: true,
      inboxUrl: 'http://127.0.0.1:4001/',
      screenshotFile: '/tmp/a.png',
      testSaveDir: '/tmp/saved',
      testOpenFile: '/tmp/fleet.csv',
      testKeyring: Buffer.alloc(32, 7),
      devServerUrl: 'http://127.0.0.1:5173',
    });
  });

  it('takes nothing from the environment of a packaged app', () => {
    const launch = readLaunch(['oscaro'], env, true);
    expect(Object.values(launch).filter((value) => value !== undefined && value !== false)).toEqual([]);
  });

  it.each([
    'http://192.168.1.2:5173',
    'https://127.0.0.1',
    'http://localhost.evil.org',
    'file:///x',
    'nonsense',
  ])('takes no development server at %s', (url) => {
    expect(readLaunch([], { ELECTRON_RENDERER_URL: url }, false).devServerUrl).toBeUndefined();
  });

  it('takes an inbox with the demo only, and on this computer only', () => {
    const inbox = (url: string, demo: string) =>
      readLaunch([], { OSCARO_DEMO: demo, OSCARO_DEMO_INBOX_URL: url }, false).inboxUrl;
    expect(inbox('http://127.0.0.1:4001/', '0')).toBeUndefined();
    expect(inbox('http://mail.example/', '1')).toBeUndefined();
  });

  it('takes a keyring only as a whole key', () => {
    expect(readLaunch([], { OSCARO_TEST_KEYRING: 'c2hvcnQ=' }, false).testKeyring).toBeUndefined();
  });

  it('knows two languages', () => {
    expect(readLaunch([], { OSCARO_LANG: 'de' }, false).language).toBeUndefined();
  });
});

describe('refusedSwitch', () => {
  const asked = (...names: string[]) => refusedSwitch((name) => names.includes(name));

  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'disable-web-security', 'renderer-cmd-prefix'])(
    'names %s',
    (name) => expect(asked('lang', name)).toBe(name),
  );

  it('leaves other switches alone', () => {
    expect(asked('screenshot', 'lang', 'password-store', 'remote')).toBeUndefined();
  });
});
