import { call } from './api.ts';

let reported = false;

/** Tells the shell, once, that real content is on the glass: after the frame that holds it was handed to the screen. */
export function reportPainted(screen: string): void {
  if (reported) return;
  reported = true;
  requestAnimationFrame(() => {
    requestAnimationFrame(() => void call('app.painted', { screen }));
  });
}
