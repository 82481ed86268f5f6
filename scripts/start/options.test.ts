import { describe, expect, it } from 'vitest';

import type { Failure } from '#scripts/lib/failure.ts';
import { appEnv } from './app-env.ts';
import { urlIn } from './demo-service.ts';
import { parseStartOptions } from './options.ts';

const parse = (...argv: string[]) => parseStartOptions(argv, '/home/me');

describe('parseStartOptions', () => {
  it('starts the demo service by default', () => {
    expect(parse()).toEqual({
      service: { kind: 'demo' },
      screenshot: undefined,
      userData: undefined,
      lang: undefined,
      help: false,
    });
  });

  it('takes files from where the person is', () => {
    expect(parse('--screenshot', 'a/b.png').screenshot).toBe('/home/me/a/b.png');
    expect(parse('--user-data=/tmp/x').userData).toBe('/tmp/x');
  });

  it('takes another service, or none', () => {
    expect(parse('--service', 'https://a.example').service).toEqual({
      kind: 'url',
      url: 'https://a.example',
    });
    expect(parse('--no-service').service).toEqual({ kind: 'none' });
  });

  it.each([
    [['--bogus'], "'--bogus'"],
    [['stray'], 'stray'],
    [['--lang', 'de'], '--lang is fr or en'],
    [['--service', 'localhost'], '--service takes an http(s) address'],
    [['--service', 'ftp://a'], '--service takes an http(s) address'],
    [['--service', 'http://a', '--no-service'], 'exclude each other'],
  ])('refuses %j with exit code 2', (argv, message) => {
    const attempt = () => parse(...argv);
    expect(attempt).toThrow(message);
    try {
      attempt();
    } catch (error) {
      expect((error as Failure).exitCode).toBe(2);
    }
  });
});

describe('appEnv', () => {
  it('marks the demo only with the demo service', () => {
    expect(appEnv(parse(), 'http://a', 'http://b')).toMatchObject({
      OSCARO_DEMO: '1',
      OSCARO_SERVICE_URL: 'http://a',
      OSCARO_DEMO_INBOX_URL: 'http://b',
    });
    expect(appEnv(parse('--service', 'http://a'), 'http://a', undefined)['OSCARO_DEMO']).toBeUndefined();
  });

  it('unsets the address where there is no service, so that none leaks in from outside', () => {
    expect(appEnv(parse('--no-service'), undefined, undefined)).toMatchObject({
      OSCARO_SERVICE_URL: undefined,
      OSCARO_DEMO_INBOX_URL: undefined,
    });
  });
});

describe('urlIn', () => {
  it('reads the ready line and nothing else', () => {
    expect(urlIn('{"url":"http://127.0.0.1:1"}')).toBe('http://127.0.0.1:1');
    expect(urlIn('listening on http://127.0.0.1:1')).toBeUndefined();
    expect(urlIn('{"level":30}')).toBeUndefined();
    expect(urlIn('null')).toBeUndefined();
  });
});
