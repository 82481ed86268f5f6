import { newId, type Uuid } from '#shared/domain/ids.ts';
import { PASSWORD } from './engine.ts';
import { anInvoice, anOrder, aProfile } from './entities.ts';
import type { Entity, RunningService } from './service.ts';

export interface InvoiceAccount {
  accountId: Uuid;
  email: string;
  /** Of the invoices, in the order of their days; the first is number F2026-000000. */
  ids: Uuid[];
}

/** An account of the service with an invoice for each of these days. */
export async function invoiceAccount(
  service: RunningService,
  issuedOn: readonly string[],
): Promise<InvoiceAccount> {
  const email = `${newId()}@example.org`;
  const ids = issuedOn.map(() => newId());
  const orderIds = issuedOn.map(() => newId());
  const entities: Entity[] = [
    { type: 'profile', id: newId(), value: aProfile({ email }) },
    ...orderIds.map((id, i): Entity => ({ type: 'order', id, value: anOrder({ number: `C${i}` }) })),
    ...ids.map((id, i): Entity => ({
      type: 'invoice',
      id,
      value: anInvoice(orderIds[i] ?? '', {
        number: `F2026-${String(i).padStart(6, '0')}`,
        orderNumber: `C${i}`,
        issuedOn: issuedOn[i] ?? '',
      }),
    })),
  ];
  return { accountId: await service.createAccount({ email, password: PASSWORD, entities }), email, ids };
}
