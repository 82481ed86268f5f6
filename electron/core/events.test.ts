import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '#test/support/manual-clock.ts';
import { Coalesced } from './events.ts';

describe('what happens in quick succession', () => {
  let clock: ManualClock;
  let told: string[][];
  let topics: Coalesced<string>;

  beforeEach(() => {
    clock = new ManualClock();
    told = [];
    topics = new Coalesced<string>(clock, 150, (items) => told.push([...items]));
  });

  it('is told at once the first time, then together', () => {
    topics.add('a');
    topics.add('b');
    topics.add('c', 'b');
    expect(told).toEqual([['a']]);
    clock.advance(150);
    expect(told).toEqual([['a'], ['b', 'c']]);
    clock.advance(1000);
    expect(told).toHaveLength(2);
  });

  it('is told at once when somebody waits for it, with what was gathered', () => {
    topics.add('a');
    topics.add('b');
    topics.addUrgent('c');
    topics.addUrgent('d');
    expect(told).toEqual([['a'], ['b', 'c'], ['d']]);
    clock.advance(149);
    topics.add('e');
    expect(told).toHaveLength(3);
    clock.advance(1);
    expect(told.at(-1)).toEqual(['e']);
    topics.addUrgent();
    expect(told).toHaveLength(4);
  });

  it('is not told any more after the end', () => {
    topics.add('a');
    topics.add('b');
    topics.stop();
    clock.advance(1000);
    expect(told).toEqual([['a']]);
  });
});
