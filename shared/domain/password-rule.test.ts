import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_PASSWORD, PASSWORD_PROBLEMS, passwordProblems } from './password-rule.ts';

const COMMON = new Set(['azerty', 'motdepasse', 'password', 'azerty123', '12345678', 'abc']);
const problems = (password: string, ownData: string[] = []) =>
  passwordProblems(password, ownData, (text) => COMMON.has(text));

describe('the rule for passwords', () => {
  it.each([
    ['a sentence', 'cheval correct, pile 4'],
    ['eight characters', 'vélo-8×k'],
    ['another script', 'пароль-из-слов-7'],
    ['digits of another script', 'كلمةسر-٤٥٦'],
    ['blanks as special characters', 'trois mots et 1'],
    ['emoji', '🚗🚗🚗🚗🚗🚗🚗7'],
    ['the longest', `7-${'x'.repeat(LONGEST_PASSWORD - 2)}`],
    ['the longest, of characters that take two units each', `7${'🚗'.repeat(LONGEST_PASSWORD - 1)}`],
  ])('has nothing against %s', (_name, password) => {
    expect(problems(password)).toEqual([]);
  });

  it.each([
    ['vélo-8×', ['too_short']],
    ['🚗🚗🚗🚗🚗🚗7', ['too_short']],
    ['', ['too_short', 'no_digit', 'no_special']],
    [`7-${'x'.repeat(LONGEST_PASSWORD - 1)}`, ['too_long']],
    ['rouge-gorge-bleu', ['no_digit']],
    ['rougegorge7', ['no_special']],
    ['rougegorgebleu', ['no_digit', 'no_special']],
    ['abc', ['too_short', 'no_digit', 'no_special', 'too_common']],
  ])('says of "%s" %j', (password, expected) => {
    expect(problems(password)).toEqual(expected);
  });

  it.each([
    'Azerty-123',
    '!!azerty2024!!',
    'AZÈRTY#1',
    'p@ssw0rd-2026',
    'P4$$w0rd!',
    'M0tDePa$$e-2026',
    'motdepasse€1',
    '12345678!',
    'azerty123*',
  ])('knows "%s" for a common one with something around it', (password) => {
    expect(problems(password)).toContain('too_common');
  });

  it('takes three letters between digits for no word', () => {
    expect(problems('94-abc-7731')).toEqual([]);
  });

  it.each([
    ['Dupont-75020', ['Camille', 'Dupont']],
    ['je-suis-CAMILLE-7', ['Camille', 'Dupont']],
    ['helene!2026', ['Hélène']],
    ['HÉLÈNE!2026', ['Helene']],
    ['c4mille-pile-9', ['Camille']],
    ['morel/garage/1', ['Garage Morel & Fils']],
    ['atelier.sud-33', ['atelier.sud@example.org']],
    ['jean-pierre-1', ['Jean-Pierre']],
  ])('finds the person in "%s"', (password, ownData) => {
    expect(problems(password, ownData)).toContain('own_data');
  });

  it('looks for no pieces that are too short, and for nothing behind the sign of an address', () => {
    expect(problems('orange-mécanique-7', ['jo@orange.example'])).toEqual([]);
    expect(problems('lea-et-moi-dans-42', ['Léa', 'Li'])).toEqual([]);
  });

  it('reads composed and decomposed letters alike', () => {
    const password = 'Été à Besançon 7';
    expect(problems(password.normalize('NFD'))).toEqual(problems(password.normalize('NFC')));
    expect(problems('Ｄｕｐｏｎｔ－７５０２０', ['Dupont'])).toContain('own_data');
  });

  it('answers for any text at once, in the order of the list, each problem once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.array(fc.string()), (password, own) => {
        const found = problems(password, own);
        expect(found).toEqual(PASSWORD_PROBLEMS.filter((problem) => found.includes(problem)));
      }),
    );
    const start = performance.now();
    problems('7-'.repeat(500_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
