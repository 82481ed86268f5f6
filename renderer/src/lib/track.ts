import { call } from './api.ts';
import { toasts } from './toasts.svelte.ts';

/** Opens the carrier's page in the browser. */
export async function track(orderId: string, shipmentId: string): Promise<void> {
  const result = await call('app.openTracking', { orderId, shipmentId });
  if (!result.ok) toasts.failure(result.error);
}
