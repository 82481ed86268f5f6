import type { Command } from '#shared/ipc/contract.ts';
import type { AppInfo } from '#shared/ipc/settings.ts';

const WITH_MOD: Readonly<Record<string, Command>> = {
  Digit1: 'home',
  Digit2: 'orders',
  Digit3: 'invoices',
  Numpad1: 'home',
  Numpad2: 'orders',
  Numpad3: 'invoices',
};

/** By letter for letters, which move with the layout; by place for digits, which need Shift on a French keyboard. */
const WITH_MOD_LETTER: Readonly<Record<string, Command>> = {
  k: 'search',
  r: 'sync_now',
  p: 'print',
  ',': 'settings',
};

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command of a key press, if it has one. The native menu carries the same ones. */
export function commandOf(event: Key, platform: AppInfo['platform']): Command | undefined {
  const mod = platform === 'macos' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (event.key === 'F1') return 'help';
  if (event.key === 'Escape') return 'back';
  if (!mod || event.altKey) return undefined;
  return WITH_MOD[event.code] ?? (event.shiftKey ? undefined : WITH_MOD_LETTER[event.key.toLowerCase()]);
}
