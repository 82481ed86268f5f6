import { expect, it } from 'vitest';
import { isTrustedSender, type Sender } from './sender.ts';

const origin = 'app://oscaro';
const mainFrame = { url: `${origin}/index.html`, origin, parent: null };
const contents = { mainFrame };
const trusted = (event: Sender, windows: readonly unknown[] = [contents]) =>
  isTrustedSender(event, windows, origin);

it('trusts the main frame of our own page', () => {
  expect(trusted({ senderFrame: mainFrame, sender: contents })).toBe(true);
});

it('refuses a frame that is gone, and one inside our page', () => {
  expect(trusted({ senderFrame: null, sender: contents })).toBe(false);
  expect(trusted({ senderFrame: { ...mainFrame, parent: mainFrame }, sender: contents })).toBe(false);
  expect(trusted({ senderFrame: { ...mainFrame }, sender: contents })).toBe(false);
});

it('refuses a window that is not ours, even on our origin', () => {
  expect(trusted({ senderFrame: mainFrame, sender: contents }, [])).toBe(false);
  expect(trusted({ senderFrame: mainFrame, sender: { mainFrame } })).toBe(false);
});

it.each([
  ['', ''],
  ['about:blank', origin],
  ['about:blank', 'null'],
  ['app://oscaro.evil/index.html', 'app://oscaro.evil'],
  ['app://oscaroevil/', origin],
  ['https://example.org/app://oscaro/', 'https://example.org'],
  ['file:///index.html', 'file://'],
])('refuses the address %j with the origin %j', (url, itsOrigin) => {
  const frame = { url, origin: itsOrigin, parent: null };
  const sender = { mainFrame: frame };
  expect(trusted({ senderFrame: frame, sender }, [sender])).toBe(false);
});
