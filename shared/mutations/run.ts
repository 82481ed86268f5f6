import type { z } from 'zod';
import type { Mutator, Context, EntityRef, Outcome, Read } from './mutator.ts';
import { refuse } from './mutator.ts';
import { mutators } from './all.ts';

/** A change as it is stored and sent: nobody has looked into its arguments yet. */
export interface StoredCall {
  name: string;
  args: unknown;
  base?: unknown;
}

type AnyMutator = Mutator<string, z.ZodType, z.ZodType>;

/** A change whose arguments were checked, ready to run. */
export interface Prepared {
  /** Everything that has to be read before it runs. */
  reads: EntityRef[];
  /** See Mutator. */
  subject: EntityRef;
  marks: string[];
  /** The arguments and the base in their normal form: what is stored and sent. */
  args: unknown;
  base: unknown;
  run: (read: Read, context: Omit<Context, 'base'>) => Outcome;
  /** What the person sees now, as the base when they did not say. */
  seen: (read: Read) => unknown;
  inverse: (read: Read) => StoredCall | undefined;
}

function mutatorOf(name: string): AnyMutator | undefined {
  return Object.hasOwn(mutators, name) ? mutators[name as keyof typeof mutators] : undefined;
}

export type Preparation = { ok: true; prepared: Prepared } | Extract<Outcome, { ok: false }>;

/** Finds the mutator and checks what it is given. Never throws: a name or arguments of another version are a refusal. */
export function prepare(call: StoredCall, accountId: string): Preparation {
  const found = mutatorOf(call.name);
  if (!found) return refuse('unknown_mutation');
  const args = found.args.safeParse(call.args);
  if (!args.success) return refuse('invalid', { field: pathOf(args.error) });
  const base =
    call.base === undefined || !found.base
      ? { success: true as const, data: undefined }
      : found.base.safeParse(call.base);
  if (!base.success)
    return refuse('invalid', { field: ['base', pathOf(base.error)].filter(Boolean).join('.') });
  const who = { accountId };
  return {
    ok: true,
    prepared: {
      reads: found.reads(args.data, who),
      subject: found.subject(args.data, who),
      marks: found.marks?.(args.data) ?? [],
      args: args.data,
      base: base.data,
      run: (read, context) => found.run(read, args.data, { ...context, base: base.data }),
      seen: (read) => found.seen?.(read, args.data, who),
      inverse: (read) => {
        const inverse = found.inverse?.(read, args.data, who);
        // A value from before today's rules may be one that nobody could type any more.
        return inverse && prepare(inverse, accountId).ok ? inverse : undefined;
      },
    },
  };
}

/** The path of the first thing that is wrong; a key that nobody knows here is named itself. */
function pathOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return '';
  const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...key].join('.');
}
