import { describe, expect, it } from 'vitest';
import { calls, events } from './contract.ts';
import { engineCalls, eventNames, shellCalls } from './names.ts';

describe('names', () => {
  it('are those of the contract, each once', () => {
    const names = [...engineCalls, ...shellCalls];
    expect([...names].sort()).toEqual(Object.keys(calls).sort());
    expect(new Set(names).size).toBe(names.length);
    expect([...eventNames].sort()).toEqual(Object.keys(events).sort());
  });
});
