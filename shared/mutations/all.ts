import type { z } from 'zod';
import { createBasket } from './baskets/create.ts';

/** Every change that people can make, by its name. Names are never reused: changes wait on devices for months. */
export const mutators = {
  [createBasket.name]: createBasket,
} as const;

export type MutationName = keyof typeof mutators;
export type MutationArgs<N extends MutationName> = z.input<(typeof mutators)[N]['args']>;
type BaseOf<M> = M extends { base?: infer B extends z.ZodType | undefined }
  ? B extends z.ZodType
    ? z.input<B>
    : undefined
  : undefined;

/** A change as the window asks for it. */
export type MutationCall = {
  [N in MutationName]: { name: N; args: MutationArgs<N>; base?: BaseOf<(typeof mutators)[N]> };
}[MutationName];
