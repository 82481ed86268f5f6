import { expect, it } from 'vitest';
import type { Settings } from '#shared/ipc/settings.ts';
import { settingsHandlers } from './settings.ts';

const start: Settings = {
  language: 'system',
  theme: 'system',
  serviceUrl: 'https://example.org',
  keepInvoiceMonths: 24,
  lockAfterMinutes: 15,
  lockOnSleep: true,
};

function handlers(locked: boolean) {
  let settings = start;
  const applied: Settings[] = [];
  const { 'settings.set': set } = settingsHandlers({
    store: {
      get: () => settings,
      set: (change) => {
        settings = { ...settings, ...(change as Partial<Settings>) };
        return Promise.resolve(settings);
      },
    },
    apply: (now) => {
      applied.push(now);
      return Promise.resolve();
    },
    locked: () => locked,
  });
  return { set, applied, settings: () => settings };
}

it('changes the look of a locked app', async () => {
  const { set, applied } = handlers(true);
  expect(await set({ theme: 'dark', language: 'en' })).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect(applied).toEqual([{ ...start, theme: 'dark', language: 'en' }]);
});

it.each([
  { lockOnSleep: false },
  { lockAfterMinutes: 0 },
  { theme: 'dark', serviceUrl: 'https://x' },
] as const)('changes nothing else before the code is given: %j', async (change) => {
  const { set, applied, settings } = handlers(true);
  expect(await set(change)).toMatchObject({ ok: false, error: { kind: 'locked' } });
  expect(settings()).toEqual(start);
  expect(applied).toEqual([]);
});

it('changes everything of an open app', async () => {
  const { set } = handlers(false);
  expect(await set({ lockOnSleep: false })).toMatchObject({ ok: true, value: { lockOnSleep: false } });
});
