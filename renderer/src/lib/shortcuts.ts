import type { Command } from '#shared/ipc/contract.ts';
import type { AppInfo } from '#shared/ipc/settings.ts';
import { SCREENS } from './nav.svelte.ts';

const WITH_MOD: Readonly<Record<string, Command>> = Object.fromEntries(
  SCREENS.flatMap((screen, i) => [
    [`Digit${i + 1}`, screen],
    [`Numpad${i + 1}`, screen],
  ]),
);

/** By letter for letters, which move with the layout; by place for digits, which need Shift on a French keyboard. */
const WITH_MOD_LETTER: Readonly<Record<string, Command>> = {
  k: 'search',
  l: 'lock_now',
  r: 'sync_now',
  p: 'print',
  ',': 'settings',
};

const WITH_MOD_AND_SHIFT: Readonly<Record<string, Command>> = { a: 'accounts' };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command of a key press, if it has one. The native menu carries the same ones. */
export function commandOf(event: Key, platform: AppInfo['platform']): Command | undefined {
  const mod = platform === 'macos' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (event.key === 'F1') return 'help';
  if (event.key === 'Escape') return 'back';
  if (!mod || event.altKey) return undefined;
  const letters = event.shiftKey ? WITH_MOD_AND_SHIFT : WITH_MOD_LETTER;
  return WITH_MOD[event.code] ?? letters[event.key.toLowerCase()];
}

/** Ctrl+Z or Cmd+Z, which takes the newest change back. In a field it takes back what was typed there, and is not ours. */
export function isUndo(event: Key, platform: AppInfo['platform']): boolean {
  const mod = platform === 'macos' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'z';
}

/** Where text is typed. A field with `data-settled` holds nothing that was typed and is not kept yet: there is nothing in it to take back. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.dataset['settled'] !== undefined) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  const NOT_TEXT = ['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file'];
  return target instanceof HTMLInputElement && !NOT_TEXT.includes(target.type);
}
