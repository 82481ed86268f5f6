import { expect, it } from 'vitest';
import { entry } from './entry.svelte.ts';

const waiting = { email: 'lea@example.org', serviceUrl: '' };

it('has each link looked into once', () => {
  entry.waiting = waiting;
  entry.keepPassword(waiting.email, 'a long password');
  expect(entry.takeHint()).toBe(false);
  entry.hint('activated');
  expect(entry.view).toBe('check_mail');
  expect(entry.takeHint()).toBe(true);
  expect(entry.takeHint()).toBe(false);
  entry.hint('activated');
  entry.finished();
  expect(entry.takeHint()).toBe(false);
});

it('has nothing looked into where no password was typed', () => {
  entry.waiting = waiting;
  entry.hint('activated');
  expect(entry.view).toBe('sign_in');
  expect(entry.takeHint()).toBe(false);
});
