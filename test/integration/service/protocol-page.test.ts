import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mutators } from '#shared/mutations/all.ts';
import { MAX_PULL_LIMIT } from '#shared/protocol/pull.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '#shared/protocol/push.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/protocol.md', import.meta.url)), 'utf8');

it('the page about the protocol names every mutation, and none that does not exist', () => {
  const table = page.slice(page.indexOf('## Mutations'), page.indexOf('Ids of what a mutation makes'));
  const named = [...table.matchAll(/`([a-z]+\.[a-zA-Z]+|noop)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(mutators).sort());
});

it('and every path, its version and its limits', () => {
  for (const path of Object.values(routes))
    expect(page).toContain(typeof path === 'string' ? path : path('{id}'));
  expect(page).toContain(`\`${PROTOCOL_HEADER}: ${PROTOCOL_VERSION}\``);
  expect(page).toContain(`${MAX_PUSH_MUTATIONS} mutations and ${MAX_PUSH_BYTES / 1024} KiB`);
  expect(page).toContain(`at most ${MAX_PULL_LIMIT.toLocaleString('en')}`);
});
