import { dialog, type BrowserWindow } from 'electron';
import * as m from '#shared/i18n/generated/messages.js';
import type { Language } from '#main/platform/language.ts';
import type { Log } from '#main/platform/logging.ts';

const windowMs = 60_000;
const allowedCrashes = 3;

/**
 * When the page's process dies it is loaded again, and the person is told: everything it showed lives in the engine.
 * When that goes on, the app ends with clear words instead of blinking.
 */
export function recoverFromCrashes(
  window: BrowserWindow,
  options: { language: () => Language; log: Log; giveUp: () => void; now: () => number },
): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    options.log('error', 'the page ended unexpectedly', { reason, exitCode });
    crashes = [...crashes.filter((at) => at > options.now() - windowMs), options.now()];
    const locale = { locale: options.language() };
    const title = m.shell_window_crashed_title({}, locale);
    if (crashes.length > allowedCrashes) {
      dialog.showErrorBox(title, m.shell_window_broken_text({}, locale));
      options.giveUp();
      return;
    }
    window.webContents.reload();
    void dialog.showMessageBox(window, {
      type: 'info',
      message: title,
      detail: m.shell_window_crashed_text({}, locale),
    });
  });
  window.on('unresponsive', () => options.log('warn', 'the page does not answer'));
  window.on('responsive', () => options.log('info', 'the page answers again'));
}
