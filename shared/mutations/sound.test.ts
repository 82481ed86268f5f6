import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import { anyCall, callOf, history } from '#test/support/mutations/calls.ts';
import { ACCOUNT, account } from '#test/support/mutations/universe.ts';
import { contextOf, decided, isExactly, run, sorted } from '#test/support/mutations/world.ts';
import type { MutationName } from './all.ts';
import { mutators } from './all.ts';
import { prepare } from './run.ts';

// Many runs, on machines that may be slow.
vi.setConfig({ testTimeout: 60_000 });

const modes = ['accept', 'replay', 'decide'] as const;
const names = Object.keys(mutators) as MutationName[];

describe('every change, whatever came before it', () => {
  it('does the same each time, writes what the schemas accept and only to what it declared', () => {
    const applied = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 30, maxLength: 40 }), (calls) => {
        let world = account();
        for (const [step, call] of calls.entries()) {
          for (const mode of modes) {
            const now = contextOf(ACCOUNT, step, mode);
            const { outcome, reads } = run(world, call, now);
            expect(run(world, call, now).outcome).toEqual(outcome);
            for (const write of outcome.ok ? outcome.writes : []) {
              const { type, id } = write;
              if (type === 'notice' && write.op === 'put') {
                expect(mode).toBe('decide');
                expect([v5('notice', now.id), v5('notice:1', now.id)]).toContain(id);
              } else expect(reads).toContainEqual({ type, id });
              if (write.op === 'put') expect(isExactly(type, write.value), JSON.stringify(write)).toBe(true);
              applied.set(call.name, (applied.get(call.name) ?? 0) + 1);
            }
          }
          world = decided(world, ACCOUNT, [call], step);
        }
      }),
      { numRuns: 60 },
    );
    // Each of them has really been at work; the others write nothing, or hardly ever meet what they are for.
    const rare = ['noop', 'vehicle.remove'];
    expect(names.filter((name) => !applied.has(name) && !rare.includes(name))).toEqual([]);
  });

  it('meets no conflict with what the person sees now', () => {
    fc.assert(
      fc.property(history, anyCall, (before, call) => {
        const { outcome } = run(decided(account(), ACCOUNT, before), call, contextOf(ACCOUNT, 100, 'accept'));
        if (!outcome.ok && call.name !== 'vehicle.remove') expect(outcome.refusal.kind).not.toBe('conflict');
      }),
      { numRuns: 300 },
    );
  });

  it('meets no conflict while a device replays what waits, whatever has changed underneath', () => {
    let stale = 0;
    fc.assert(
      fc.property(
        history,
        history,
        fc.array(anyCall, { minLength: 10, maxLength: 10 }),
        (before, meanwhile, calls) => {
          const seenIn = decided(account(), ACCOUNT, before);
          const world = decided(seenIn, ACCOUNT, meanwhile, 50);
          for (const call of calls) {
            const late = { ...call, base: run(seenIn, call, contextOf(ACCOUNT, 100, 'accept')).seen };
            const { outcome } = run(world, late, contextOf(ACCOUNT, 100, 'replay'));
            if (!outcome.ok) expect(outcome.refusal.kind).not.toBe('conflict');
            const accepted = run(world, late, contextOf(ACCOUNT, 100, 'accept')).outcome;
            if (!accepted.ok && accepted.refusal.kind === 'conflict') stale += 1;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(stale).toBeGreaterThan(10);
  });
});

describe.each(names)('the arguments of %s', (name) => {
  it('are kept in a form that stays the same', () => {
    fc.assert(
      fc.property(callOf(name), (call) => {
        const once = prepare(call, ACCOUNT);
        if (!once.ok) return;
        const stored: unknown = JSON.parse(JSON.stringify(once.prepared.args));
        const twice = prepare({ name, args: stored }, ACCOUNT);
        expect(twice.ok && sorted(twice.prepared.args)).toEqual(sorted(stored));
      }),
      { numRuns: 40 },
    );
  });

  it('are refused with the key that only a newer app knows, or that only an older app leaves out', () => {
    fc.assert(
      fc.property(callOf(name), (call) => {
        fc.pre(prepare(call, ACCOUNT).ok);
        const args = call.args as Record<string, unknown>;
        expect(prepare({ name, args: { ...args, newer: 1 } }, ACCOUNT)).toEqual({
          ok: false,
          refusal: { kind: 'invalid', field: 'newer' },
        });
        for (const key of Object.keys(args)) {
          const { [key]: _left, ...fewer } = args;
          const older = prepare({ name, args: fewer }, ACCOUNT);
          if (!older.ok) expect(older.refusal).toEqual({ kind: 'invalid', field: key });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are refused, never thrown at, when they make no sense', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (args, base) => {
        const strange = prepare({ name, args }, ACCOUNT);
        if (!strange.ok) expect(strange.refusal.kind).toBe('invalid');
        const based = prepare({ name, args: {}, base }, ACCOUNT);
        if (!based.ok) expect(based.refusal.kind).toBe('invalid');
      }),
      { numRuns: 40 },
    );
  });
});
