import assert from 'node:assert/strict';
import { newId } from '#shared/domain/ids.ts';
import { Health } from '#shared/protocol/health.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { group } from '../case.ts';
import { answered, ask, refused } from '../http.ts';
import { pullPath } from '../replica.ts';

const path = pullPath({ replicaId: newId() });

export const errors = group('Versions and errors', {
  'a service says which versions it speaks, to everybody': async ({ service }) => {
    const { protocol } = await answered(
      Health,
      await ask(service, routes.health, { headers: { [PROTOCOL_HEADER]: '' } }),
    );
    assert.ok(protocol.min <= PROTOCOL_VERSION && PROTOCOL_VERSION <= protocol.max);
  },

  'a version that is not spoken is 426': async ({ service, one }) => {
    const { protocol } = await answered(Health, await ask(service, routes.health));
    const token = one.session.accessToken;
    for (const version of [protocol.max + 1, protocol.min - 1]) {
      const headers = { [PROTOCOL_HEADER]: String(version) };
      await refused(await ask(service, path, { token, headers }), 426, 'upgrade_required');
      const push = { token, headers, json: { replicaId: newId(), mutations: [] } };
      await refused(await ask(service, routes.push, push), 426, 'upgrade_required');
    }
  },

  'no version, or none that is a number, is an invalid request': async ({ service, one }) => {
    for (const version of ['', 'two', '1.5']) {
      const headers = { [PROTOCOL_HEADER]: version };
      const response = await ask(service, path, { token: one.session.accessToken, headers });
      await refused(response, 400, 'invalid_request');
    }
  },

  'a session is asked for wherever data is': async ({ service }) => {
    const asked = [
      ask(service, path),
      ask(service, path, { token: 'oat_'.padEnd(47, 'A') }),
      ask(service, routes.push, { json: { replicaId: newId(), mutations: [] } }),
      ask(service, routes.prices, { json: { parts: [] } }),
      ask(service, routes.pokes),
      ask(service, routes.invoicePdf(newId())),
      ask(service, routes.currentSession, { method: 'DELETE' }),
    ];
    for (const response of await Promise.all(asked)) await refused(response, 401, 'session_expired');
  },

  'what does not exist is 404, and another method than a path takes 405': async ({ service, one }) => {
    const token = one.session.accessToken;
    await refused(await ask(service, '/v1/nothing', { token }), 404, 'not_found');
    await refused(await ask(service, routes.invoicePdf(newId()), { token }), 404, 'not_found');
    await refused(await ask(service, routes.push, { token }), 405, 'method_not_allowed');
  },

  'a body that is no JSON, or not called so, is refused': async ({ service, one }) => {
    const token = one.session.accessToken;
    const send = (body: string, type: string) =>
      ask(service, routes.push, { token, body, headers: { 'content-type': type } });
    await refused(await send('{"replicaId":', 'application/json'), 400, 'invalid_request');
    await refused(await send('', 'application/json'), 400, 'invalid_request');
    await refused(await send('{}', 'text/plain'), 415, 'unsupported_media_type');
  },
});
