import type { MutationCall, MutationName } from '#shared/ipc/changes.ts';

export type Args<N extends MutationName> = Extract<MutationCall, { name: N }>['args'];

/** What a change is about, in the words of the screens, and the value that the person saw before. */
export type About = { label: string; base: unknown };

/** One sentence for each of some changes: a change without one does not compile. */
export type Words<N extends MutationName> = { [K in N]: (args: Args<K>, about: About) => string };
