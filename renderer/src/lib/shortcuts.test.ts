import { describe, expect, it } from 'vitest';
import { commandOf } from './shortcuts.ts';

const key = (over: Partial<Parameters<typeof commandOf>[0]>) => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

describe('commandOf', () => {
  it('finds digits by their place, as a French keyboard needs Shift for them', () => {
    expect(commandOf(key({ key: 'é', code: 'Digit2', ctrlKey: true }), 'linux')).toBe('orders');
    expect(commandOf(key({ key: '3', code: 'Numpad3', ctrlKey: true }), 'windows')).toBe('invoices');
  });

  it('finds letters by their name, as they move with the layout', () => {
    expect(commandOf(key({ key: 'k', code: 'KeyK', ctrlKey: true }), 'linux')).toBe('search');
    expect(
      commandOf(key({ key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }), 'linux'),
    ).toBeUndefined();
  });

  it('locks with L, on a Mac with the Command key', () => {
    expect(commandOf(key({ key: 'l', code: 'KeyL', ctrlKey: true }), 'windows')).toBe('lock_now');
    expect(commandOf(key({ key: 'l', code: 'KeyL', metaKey: true }), 'macos')).toBe('lock_now');
    expect(commandOf(key({ key: 'l', code: 'KeyL' }), 'linux')).toBeUndefined();
  });

  it('opens the menu of accounts with Shift', () => {
    expect(commandOf(key({ key: 'A', code: 'KeyA', ctrlKey: true, shiftKey: true }), 'linux')).toBe(
      'accounts',
    );
    expect(commandOf(key({ key: 'a', code: 'KeyA', ctrlKey: true }), 'linux')).toBeUndefined();
  });

  it('uses the Command key on a Mac and there only', () => {
    expect(commandOf(key({ key: 'r', metaKey: true }), 'macos')).toBe('sync_now');
    expect(commandOf(key({ key: 'r', ctrlKey: true }), 'macos')).toBeUndefined();
    expect(commandOf(key({ key: 'r', metaKey: true }), 'linux')).toBeUndefined();
  });

  it('leaves typing alone', () => {
    expect(commandOf(key({ key: 'k' }), 'linux')).toBeUndefined();
    expect(
      commandOf(key({ key: '2', code: 'Digit2', ctrlKey: true, altKey: true }), 'linux'),
    ).toBeUndefined();
  });
});
