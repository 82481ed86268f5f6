import type { Answered } from './live-service.ts';
import type { Random } from './random.ts';

export const ERRORS = ['unauthorized', 'gone', 'upgrade', 'throttled', 'broken', 'busy', 'portal'] as const;
export type ErrorAnswer = (typeof ERRORS)[number];

const told = (status: number, kind: string, retryAfterSeconds?: number): Answered => ({
  status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  },
  body: Buffer.from(
    JSON.stringify({
      error: {
        kind,
        message: 'simulated',
        requestId: 'r',
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      },
    }),
  ),
});

/** Answers that a service or something on the way to it gives instead of the real one. */
export function errorAnswer(kind: ErrorAnswer, random: Random): Answered {
  switch (kind) {
    case 'unauthorized':
      return told(401, 'session_expired');
    case 'gone':
      return told(410, 'cursor_expired');
    case 'upgrade':
      return told(426, 'upgrade_required');
    case 'throttled':
      return told(429, 'throttled', random.pick([1, 30, 86_400]));
    case 'broken':
      return told(500, 'internal');
    case 'busy':
      return told(503, 'unavailable', random.int(1, 60));
    case 'portal':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: Buffer.from('<html>Sign in to the Wi-Fi</html>'),
      };
  }
}

type Json = Record<string, unknown>;

/**
 * An answer of the service, changed in a way that breaks the contract; none of it may be applied. Undefined when this answer cannot be
 * changed so.
 */
export function spoil(random: Random, answer: Answered): Answered | undefined {
  const text = answer.body.toString();
  if (random.chance(0.25))
    return { ...answer, body: Buffer.from(text.slice(0, Math.floor(text.length / 2))) };
  const json = JSON.parse(text) as Json;
  const spoilt = random.pick(Array.isArray(json['changes']) ? SPOILT_PULLS : SPOILT_PUSHES)(random, json);
  return spoilt && { ...answer, body: Buffer.from(JSON.stringify(spoilt)) };
}

type Spoil = (random: Random, json: Json) => Json | undefined;

const without = (json: Json, key: string): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));

const SPOILT_PULLS: readonly Spoil[] = [
  (_random, json) => ({ ...json, hasMore: 'no' }),
  (_random, json) => ({ ...json, changes: { 0: 'x' } }),
  (_random, json) => ({ ...json, lastSeq: -1 }),
  (random, json) => without(json, random.pick(['cursor', 'epoch', 'changes', 'hasMore', 'after'])),
  (_random, json) => ({
    ...json,
    changes: [
      ...(json['changes'] as unknown[]),
      { op: 'put', type: 'order', id: 'no id', rev: 1, value: {} },
    ],
  }),
  (_random, json) => ({ ...json, after: 'eyJwaGFzZSI6ImNoYW5nZXMifQ.x' }),
  (_random, json) => without(json, 'ask'),
];

const SPOILT_PUSHES: readonly Spoil[] = [
  (_random, json) => ({ ...json, outcomes: 'all fine' }),
  (_random, json) => without(json, 'lastSeq'),
  (_random, json) => ({ ...json, stopped: { kind: 'tired' } }),
];

/** A page of a newer service: it carries types that nobody here knows, which are to be skipped. */
export function fromNewerService(random: Random, answer: Answered, id: string): Answered {
  const json = JSON.parse(answer.body.toString()) as Json & { changes: unknown[] };
  const rev = 1 + random.int(0, 5);
  const news = { op: 'put', type: 'wishlist', id, rev, value: { odd: [1, 2] } };
  return {
    ...answer,
    body: Buffer.from(JSON.stringify({ ...json, changes: [news, ...json.changes], surplus: true })),
  };
}

/** What makes a value of these types recognisably older and is as valid. */
const OLDER: Readonly<Record<string, Json>> = {
  basket: { name: 'Vieux panier' },
  profile: { displayName: 'Ancien nom' },
  vehicle: { notes: 'anciennes notes' },
  order: { note: 'ancienne note' },
};

/** A page that tells something older of one of its entities after the newest: what is older must be passed over. */
export function outOfOrder(random: Random, answer: Answered): Answered {
  type Told = { op: string; type: string; rev: number; value?: Json };
  const json = JSON.parse(answer.body.toString()) as Json & { changes: Told[] };
  const change = random.maybe(
    json.changes.filter(({ op, type, rev }) => op === 'put' && rev > 1 && type in OLDER),
  );
  if (!change) return answer;
  const older = {
    ...change,
    rev: random.int(1, change.rev - 1),
    value: { ...change.value, ...OLDER[change.type] },
  };
  return { ...answer, body: Buffer.from(JSON.stringify({ ...json, changes: [...json.changes, older] })) };
}
