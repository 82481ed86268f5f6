/** The parts of Electron's objects that decide whether a message is ours; given so that they can be tested without one. */
export interface Sender {
  senderFrame: { readonly url: string; readonly origin: string; readonly parent: unknown } | null;
  sender: { readonly mainFrame: unknown };
}

/**
 * Ours is the main frame of a window that we made, showing our own origin. A frame that is gone (null), one that has
 * not navigated yet (an empty address or about:blank, which inherit their opener's origin) and any other page are not.
 */
export function isTrustedSender(event: Sender, ourWindows: readonly unknown[], ourOrigin: string): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  if (!ourWindows.includes(event.sender) || event.sender.mainFrame !== frame) return false;
  return frame.origin === ourOrigin && frame.url.startsWith(`${ourOrigin}/`);
}
