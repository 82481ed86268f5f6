import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examples } from '#service/http/examples.ts';
import * as errors from '#shared/protocol/errors.ts';
import * as health from '#shared/protocol/health.ts';
import * as prices from '#shared/protocol/prices.ts';
import * as pulls from '#shared/protocol/pull.ts';
import * as pushes from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import * as sessions from '#shared/protocol/sessions.ts';
import * as signUps from '#shared/protocol/sign-up.ts';
import { startService, type RunningService } from '#test/support/service.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

const REDOCLY = fileURLToPath(new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url));
let running: RunningService;
let text: string;
let document: OpenApi;

beforeAll(async () => {
  running = await startService();
  text = await (await fetch(`${running.url}${routes.openApi}`)).text();
  document = JSON.parse(text) as OpenApi;
});
afterAll(() => running.close());

it('describes every path of the contract', () => {
  expect(document.openapi).toBe('3.1.0');
  const { openApi: _document, ...paths } = routes;
  const contract = new Set(
    Object.values(paths).map((path) => (typeof path === 'string' ? path : path('{id}'))),
  );
  expect(Object.keys(document.paths).sort()).toEqual([...contract].sort());
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods)))
    for (const [status, reply] of Object.entries(operation.responses))
      if (Number(status) >= 400)
        expect(reply.content?.['application/json']?.schema).toEqual({
          $ref: '#/components/schemas/ServiceError',
        });
});

it('passes the recommended rules of Redocly without a warning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, text);
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [REDOCLY, 'lint', '--extends', 'recommended', '--format', 'json', file],
      {
        cwd: folder,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
      (_error, stdout) => resolve(stdout),
    );
  });
  rmSync(folder, { recursive: true });
  const { totals, problems } = JSON.parse(output.slice(output.indexOf('{'))) as {
    totals: object;
    problems: object[];
  };
  expect(problems).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0 });
});

it('shows examples that its own schemas accept', () => {
  const schemas = { ...errors, ...health, ...prices, ...pulls, ...pushes, ...sessions, ...signUps };
  for (const [name, { examples: values }] of Object.entries(examples)) {
    const schema = schemas[name as keyof typeof examples];
    for (const value of values)
      expect({ name, ...schema.safeParse(value) }).toMatchObject({ name, success: true });
  }
});
