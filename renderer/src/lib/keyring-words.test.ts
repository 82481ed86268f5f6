import { describe, expect, it } from 'vitest';
import { aboutPin, beforeCode, beforeSignIn, whySessionEnds } from './keyring-words.ts';

const pin = { locked: false, code: 'pin', failures: 0, guarded: false } as const;

describe('a keyring that is locked', () => {
  it('is never told as one that is not there', () => {
    for (const say of [beforeSignIn, whySessionEnds, beforeCode]) {
      expect(say('silent')).toBeTruthy();
      expect(say('silent')).not.toBe(say('missing'));
    }
  });
});

describe('a keyring that keeps the session', () => {
  it('needs no words before signing in or choosing a code', () => {
    expect(beforeSignIn('available')).toBeUndefined();
    expect(beforeCode('available')).toBeUndefined();
  });

  it('is not why a session ends', () => {
    expect(whySessionEnds('available')).not.toBe(whySessionEnds('silent'));
    expect(whySessionEnds('available')).not.toBe(whySessionEnds('missing'));
  });
});

describe('a PIN', () => {
  it('that the keyring guards needs no words, and a phrase holds alone', () => {
    expect(aboutPin({ ...pin, guarded: true }, 'silent')).toBeUndefined();
    expect(aboutPin({ ...pin, code: 'phrase' }, 'missing')).toBeUndefined();
    expect(aboutPin(undefined, 'missing')).toBeUndefined();
  });

  it('that was chosen without the keyring is not told as if there were none now', () => {
    const words = (['available', 'silent', 'missing'] as const).map((storage) => aboutPin(pin, storage));
    expect(new Set(words).size).toBe(3);
    expect(words).not.toContain(undefined);
  });
});
