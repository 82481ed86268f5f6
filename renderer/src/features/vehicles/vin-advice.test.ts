import { describe, expect, it } from 'vitest';
import { shapeVin, vinAdvice, vinProblem } from './vin-advice.ts';

describe('VIN advice', () => {
  it('says which letter cannot be right, where it stands and what it may be', () => {
    const { tone, text } = vinAdvice('VF1BO000123456789');
    expect(tone).toBe('bad');
    expect(text).toContain('« O »'.replaceAll(' ', '\u202f'));
    expect(text).toContain('position 5');
    expect(text).toMatch(/Serait-ce 0/);
    expect(vinAdvice('vfi').text).toMatch(/Serait-ce 1/);
    expect(vinAdvice('VF1Q').text).toMatch(/Serait-ce 0/);
    expect(vinProblem('VF1BO000123456789')).toBe(text);
  });

  it('counts while it is typed, and refuses a wrong length only when it is kept', () => {
    expect(vinAdvice('VF1 BB0')).toEqual({ tone: 'quiet', text: '6 signes sur 17' });
    expect(vinProblem('VF1 BB0')).toMatch(/celui-ci en a 6/);
    expect(vinAdvice('VF1BB000123456789X')).toMatchObject({ tone: 'bad' });
    expect(vinProblem('VF1BB000123456789X')).toMatch(/celui-ci en a 18/);
  });

  it('warns of a wrong check digit only where makers use one, and keeps the number all the same', () => {
    expect(vinAdvice('1M8GDM9AXKP042788').tone).toBe('quiet');
    expect(vinAdvice('1M8GDM9A0KP042788').tone).toBe('warn');
    expect(vinProblem('1M8GDM9A0KP042788')).toBeUndefined();
    expect(vinAdvice('VF1BB000123456789').tone).toBe('quiet');
  });

  it('takes blanks and hyphens out', () => {
    expect(shapeVin('vf1-bb000 123456789')).toBe('VF1BB000123456789');
  });
});
