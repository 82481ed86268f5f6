import { z } from 'zod';
import { SERVICE_NAME } from './version.ts';

/** `GET /healthz` */
export const Health = z.object({
  service: z.literal(SERVICE_NAME),
  status: z.enum(['ok', 'starting', 'degraded']),
  version: z.string().max(40),
  /** The protocol versions it speaks, both ends included. */
  protocol: z.object({ min: z.int().min(1), max: z.int().min(1) }),
});
export type Health = z.infer<typeof Health>;
