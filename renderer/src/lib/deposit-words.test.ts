import { describe, expect, it } from 'vitest';
import { CoreDeposit } from '#shared/domain/order.ts';
import { depositWords, dueWords } from './deposit-words.ts';

describe('deposit words', () => {
  it('count the days that remain, and those that have passed', () => {
    expect(dueWords('2026-12-12', '2026-11-22')).toBe('dans 20 jours');
    expect(dueWords('2026-11-23', '2026-11-22')).toBe('dans 1 jour');
    expect(dueWords('2026-11-22', '2026-11-22')).toBe('aujourd’hui');
    expect(dueWords('2026-11-19', '2026-11-22')).toBe('3 jours de retard');
  });

  it('turn bad only once the due date has passed', () => {
    const words = (dueOn: string) =>
      depositWords({ state: 'to_return', dueOn, inclVat: 4800 }, 'EUR', '2026-11-22');
    expect(words('2026-11-22').tone).toBe('warn');
    expect(words('2026-11-21').tone).toBe('bad');
  });

  it.each(CoreDeposit.shape.state.options)('name the amount in every state: %s', (state) => {
    expect(depositWords({ state, inclVat: 4800 }, 'EUR', '2026-11-22').text).toContain('48,00\u00a0€');
  });
});
