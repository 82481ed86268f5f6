import { describe, expect, it } from 'vitest';
import { OptionsError, readOptions } from './options.ts';

const flags = ['--service', 'http://127.0.0.1:8787', '--email', 'a@example.org', '--password', 'x'];

describe('the options of the conformance suite', () => {
  it('come from flags, and from the environment where there is none', () => {
    const env = { OSCARO_CONFORMANCE_EMAIL: 'not@this.one', OSCARO_CONFORMANCE_OTHER_EMAIL: 'b@example.org' };
    expect(readOptions(flags, env)).toEqual({
      service: 'http://127.0.0.1:8787',
      one: { email: 'a@example.org', password: 'x' },
      other: { email: 'b@example.org', password: 'x' },
      mailbox: undefined,
      patienceSeconds: 90,
    });
    const own = readOptions([...flags, '--other-email', 'c@example.org', '--other-password', 'y'], env);
    expect(own).toMatchObject({ other: { email: 'c@example.org', password: 'y' } });
  });

  it('take a mailbox, and how long to wait', () => {
    const all = [...flags, '--other-email', 'b@example.org'];
    const mailbox = 'http://127.0.0.1:9000/';
    expect(readOptions([...all, '--mailbox', mailbox, '--patience', '0'], {})).toMatchObject({
      mailbox,
      patienceSeconds: 0,
    });
  });

  it.each([
    ['what is missing', flags, '--other-email'],
    ['one account for two', [...flags, '--other-email', 'A@example.org'], 'two accounts'],
    ['another kind of address', ['--service', 'file:///etc', ...flags.slice(2)], '--service'],
    ['another kind of mailbox', [...flags, '--mailbox', 'smtp://127.0.0.1'], '--mailbox'],
    ['a patience that is no number', [...flags, '--patience', 'long'], '--patience'],
    ['flags that do not exist', [...flags, '--fast'], '--fast'],
  ])('refuse %s', (_name, argv, said) => {
    expect(() => readOptions(argv, {})).toThrow(OptionsError);
    expect(() => readOptions(argv, {})).toThrow(said);
  });

  it('can be asked for', () => {
    expect(readOptions(['--help'], {})).toBe('help');
  });
});
