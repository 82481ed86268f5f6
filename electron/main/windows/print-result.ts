import { fail, ok, type Result } from '#shared/ipc/errors.ts';

/** Chromium answers in words only: "cancelled" is a person's choice, everything else a printer that did not take it. */
export function printResult(printed: boolean, reason: string): Result<{ printed: boolean }> {
  if (printed) return ok({ printed: true });
  return /cancel/i.test(reason) ? ok({ printed: false }) : fail('no_printer', { detail: reason });
}
