import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const NEEDED = ['--data', '/data'];

describe('readSettings', () => {
  it('has sensible defaults for all but the folder', () => {
    expect(readSettings(NEEDED, {})).toEqual({
      port: 8787,
      host: '127.0.0.1',
      data: '/data',
      demo: false,
      'demo-seed': 'oscaro',
      'log-level': 'info',
      'mail-from': { name: 'Oscaro Desktop', address: 'no-reply@oscaro-desktop.localhost' },
      restored: false,
    });
    expect(() => readSettings([], {})).toThrow('--data: is required');
  });

  it('reads flags before the environment', () => {
    const env = { OSCARO_SERVICE_PORT: '1', OSCARO_SERVICE_DEMO: '1', OSCARO_SERVICE_DEMO_ORDERS: '7' };
    expect(readSettings([...NEEDED, '--port', '2'], env)).toMatchObject({
      port: 2,
      demo: true,
      'demo-orders': 7,
    });
    expect(readSettings(NEEDED, { OSCARO_SERVICE_TRUST_PROXY: '10.0.0.1, 10.0.0.2' })).toMatchObject({
      'trust-proxy': ['10.0.0.1', '10.0.0.2'],
    });
    expect(readSettings(NEEDED, { OSCARO_SERVICE_DEMO: 'false' })).toMatchObject({ demo: false });
  });

  it('knows the mail server by the name that hosts give it, and takes an empty one for none', () => {
    const server = (env: Record<string, string>) => {
      const settings = readSettings(NEEDED, env);
      return settings === 'help' ? undefined : settings['smtp-url']?.host;
    };
    expect(server({ SMTP_URL: 'smtp://127.0.0.1:2525' })).toBe('127.0.0.1');
    expect(server({ SMTP_URL: 'smtp://a', OSCARO_SERVICE_SMTP_URL: 'smtp://b' })).toBe('b');
    expect(server({ SMTP_URL: '' })).toBeUndefined();
  });

  it('helps instead of reading', () => {
    expect(readSettings(['-h'], {})).toBe('help');
  });

  it.each([
    [['--port', 'http'], '--port'],
    [['--port', '65536'], '--port'],
    [['--port', '-1'], '--port'],
    [['--data', ''], '--data'],
    [['--colour'], '--colour'],
    [['--log-level', 'loud'], '--log-level'],
    [['--demo-today', '2026-02-30'], '--demo-today'],
    [['--demo-orders', '1e3'], '--demo-orders'],
    [['--demo=yes'], '--demo'],
    [['--smtp-url', 'http://mail.example'], '--smtp-url'],
    [['--mail-from', 'Somebody'], '--mail-from'],
    [['stray'], 'stray'],
  ])('refuses %j and says which', (args, word) => {
    expect(() => readSettings([...NEEDED, ...args], {})).toThrow(SettingsError);
    expect(() => readSettings([...NEEDED, ...args], {})).toThrow(word);
  });
});
