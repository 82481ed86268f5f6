import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('lets nothing begin before what was asked for earlier has ended', async () => {
  const turns = new Turns();
  const done: string[] = [];
  let finish = (): void => undefined;
  const one = turns.take(async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    done.push('one');
    return 1;
  });
  const two = turns.take(() => {
    done.push('two');
    return Promise.resolve(2);
  });
  await Promise.resolve();
  finish();
  expect(await Promise.all([two, one])).toEqual([2, 1]);
  expect(done).toEqual(['one', 'two']);
});

it('tells a failure whoever asked for that work, and goes on with the next', async () => {
  const turns = new Turns();
  const failed = turns.take(() => Promise.reject(new Error('no')));
  const next = turns.take(() => Promise.resolve('next'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('next');
});
