import { z } from 'zod';
import { Uuid } from '../../domain/ids.ts';
import { mutator, writes } from '../mutator.ts';

/** Dismissed on two devices, it is simply gone. */
export const dismissNotice = mutator({
  name: 'notice.dismiss',
  args: z.strictObject({ id: Uuid }),
  reads: ({ id }) => [{ type: 'notice', id }],
  subject: ({ id }) => ({ type: 'notice', id }),
  run: (read, { id }) => (read('notice', id) ? writes({ op: 'del', type: 'notice', id }) : writes()),
});
