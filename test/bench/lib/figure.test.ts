import { describe, expect, it } from 'vitest';
import type { Figure } from './figure.ts';
import { evaluate, ratioOf } from './figure.ts';
import { sample } from './stats.ts';

const figure: Figure = {
  id: '1',
  title: 'initial sync',
  unit: 'ms',
  subject: 'engine.ms',
  floor: 'l0.ms',
  goal: { kind: 'ratio', atMost: 1.35 },
  peers: [{ name: 'PowerSync', metric: 'powersync.ms', atMost: 0.65 }],
};

const samples = (values: Record<string, number[]>) =>
  new Map(Object.entries(values).map(([metric, runs]) => [metric, sample(runs)]));

describe('a figure', () => {
  it('compares medians, so that one slow run decides nothing', () => {
    const result = evaluate(figure, samples({ 'engine.ms': [130, 900, 130], 'l0.ms': [100, 100, 20] }));
    expect(result.verdict).toEqual({ ratio: 1.3, reached: true });
    expect(result.subject).toMatchObject({ min: 130, max: 900 });
    expect(result.goal).toBe('<= 1.35 x');
  });

  it('is not reached just above its goal', () => {
    const result = evaluate(figure, samples({ 'engine.ms': [136], 'l0.ms': [100] }));
    expect(result.verdict?.reached).toBe(false);
  });

  it('can ask for at least so much', () => {
    const atLeast: Figure = { ...figure, unit: '/s', goal: { kind: 'ratio', atLeast: 0.5 } };
    expect(evaluate(atLeast, samples({ 'engine.ms': [49], 'l0.ms': [100] })).verdict?.reached).toBe(false);
    expect(evaluate(atLeast, samples({ 'engine.ms': [50], 'l0.ms': [100] })).verdict?.reached).toBe(true);
  });

  it('with a value as goal needs no floor', () => {
    const { floor: _, ...rest } = figure;
    const result = evaluate({ ...rest, goal: { kind: 'value', atMost: 16 } }, samples({ 'engine.ms': [8] }));
    expect(result.verdict).toEqual({ reached: true });
    expect(result.goal).toBe('<= 16 ms');
  });

  it('can ask for no more than so much above its floor, whatever that is', () => {
    const excess: Figure = { ...figure, unit: 'ms/s', goal: { kind: 'excess', atMost: 2 } };
    const at = (ours: number, floor: number) =>
      evaluate(excess, samples({ 'engine.ms': [ours], 'l0.ms': [floor] }));
    expect(at(2, 0)).toMatchObject({ goal: '<= floor + 2 ms/s', verdict: { reached: true } });
    expect(at(2.1, 0).verdict).toEqual({ reached: false });
    expect(at(8, 6).verdict).toEqual({ reached: true });
  });

  it('without a goal is compared and not judged', () => {
    const { goal: _, ...rest } = figure;
    const result = evaluate(rest, samples({ 'engine.ms': [150], 'l0.ms': [100] }));
    expect(result.verdict).toEqual({ ratio: 1.5 });
    expect(result.goal).toBe('');
  });

  it('gives no verdict on what was not measured', () => {
    expect(evaluate(figure, samples({ 'engine.ms': [1] })).verdict).toBeUndefined();
    expect(evaluate(figure, samples({ 'l0.ms': [1] })).subject).toBeUndefined();
  });

  it('is held against its peers when they were measured', () => {
    const values = { 'engine.ms': [50], 'l0.ms': [100], 'powersync.ms': [100] };
    expect(evaluate(figure, samples(values)).peers).toMatchObject([
      { name: 'PowerSync', verdict: { ratio: 0.5, reached: true } },
    ]);
    expect(evaluate(figure, samples({ 'engine.ms': [50] })).peers).toEqual([]);
  });

  it('refuses a ratio to nothing', () => {
    expect(() => ratioOf(sample([1]), sample([0]))).toThrow('above zero');
  });
});
