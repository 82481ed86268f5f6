import { expect, it } from 'vitest';
import { printResult } from './print-result.ts';

it('tells a person who cancelled from a printer that is not there', () => {
  expect(printResult(true, '')).toEqual({ ok: true, value: { printed: true } });
  expect(printResult(false, 'Print job canceled')).toEqual({ ok: true, value: { printed: false } });
  expect(printResult(false, 'Failed to enumerate printers')).toEqual({
    ok: false,
    error: { kind: 'no_printer', detail: 'Failed to enumerate printers' },
  });
});
