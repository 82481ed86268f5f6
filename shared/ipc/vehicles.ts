import { z } from 'zod';
import { Uuid } from '../domain/ids.ts';

/** A vehicle as lists show it: a plate and a name. */
export const VehicleTag = z.object({ id: Uuid, plate: z.string(), label: z.string() });
export type VehicleTag = z.infer<typeof VehicleTag>;

export const VehicleChoice = VehicleTag.extend({
  customerName: z.string().optional(),
  orderCount: z.int(),
});
export type VehicleChoice = z.infer<typeof VehicleChoice>;
