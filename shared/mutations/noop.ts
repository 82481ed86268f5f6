import { z } from 'zod';
import { mutator, writes } from './mutator.ts';

/** What has become of a change that its author took back before it left: it keeps its place in the sequence and does nothing. */
export const noop = mutator({
  name: 'noop',
  args: z.strictObject({}),
  reads: () => [],
  subject: (_args, { accountId }) => ({ type: 'profile', id: accountId }),
  run: () => writes(),
  inverse: () => ({ name: 'noop', args: {} }),
});
