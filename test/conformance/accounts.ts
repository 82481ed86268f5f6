import type { PostOptions } from '#service/mail/post.ts';
import { readSmtpUrl } from '#service/mail/smtp-url.ts';
import { newId } from '#shared/domain/ids.ts';
import { aProfile, anInvoice, anOrder, aVehicle } from '#test/support/entities.ts';
import type { RunningService } from '#test/support/service.ts';
import type { Login } from './world.ts';

const DAYS = Array.from({ length: 9 }, (_, i) => `2026-02-${10 + i}`);

/** An account with something to read. */
export async function makeAccount(running: RunningService, email: string): Promise<Login> {
  const id = newId();
  await running.createAccount({
    email,
    password: 'right',
    id,
    entities: [
      { type: 'profile', id, value: aProfile() },
      { type: 'vehicle', id: newId(), value: aVehicle() },
      ...DAYS.flatMap((day) => {
        const order = newId();
        return [
          {
            type: 'order' as const,
            id: order,
            value: anOrder({ placedOn: day, placedAt: `${day}T10:00:00.000Z` }),
          },
          { type: 'invoice' as const, id: newId(), value: anInvoice(order, { issuedOn: day }) },
        ];
      }),
    ],
  });
  return { email, password: 'right' };
}

/** How a service of a test hands its mails over to that server. Throws when it is no SMTP address. */
export function postTo(smtpUrl: string): PostOptions {
  const server = readSmtpUrl(smtpUrl);
  if (!server) throw new Error(`not an SMTP address: ${smtpUrl}`);
  return { server, from: { name: 'Conformance', address: 'no-reply@conformance.example' } };
}
