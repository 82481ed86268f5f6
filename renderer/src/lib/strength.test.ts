import { expect, it } from 'vitest';
import { strengthOf } from './strength.ts';

it.each([
  ['azerty123!', 'commonest in France'],
  ['Password1!', 'commonest everywhere'],
  ['motdepasse1!', 'a French word for it'],
  ['P@ssw0rd', 'signs in place of letters'],
])('finds %s weak: %s', (password) => {
  expect(strengthOf(password, []).score).toBeLessThanOrEqual(1);
});

it.each(['cheval-agrafe-pile-correcte-7', 'kT9!vq#Lw2@zXp4', '🚗 boîte-noire 7 / tournevis'])(
  'finds %s strong, and has nothing against it',
  (password) => {
    expect(strengthOf(password, [])).toMatchObject({ score: 4, common: false });
  },
);

it('knows a common password by what is left without digits and signs', () => {
  expect(strengthOf('!!azerty!!42', []).common).toBe(true);
  expect(strengthOf('Azerty2026!', []).score).toBe(0);
});

it('holds against a password what the person has typed about themselves', () => {
  const own = ['Zorbanek-Tilfur', 'Garage du Viaduc'];
  expect(strengthOf('zorbanek4', own).score).toBeLessThan(strengthOf('zorbanek4', []).score);
  expect(strengthOf('zorbanek4', own).hints).toContain('userInputs');
});

it('looks at no more than 64 characters, however many there are', () => {
  const long = 'ab1!'.repeat(16);
  expect(strengthOf(long + 'x'.repeat(900), [])).toEqual(strengthOf(long, []));
});
