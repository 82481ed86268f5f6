import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '#shared/protocol/pull.ts';
import { valueBodies } from './value-bodies.ts';

const json = (bytes: Uint8Array | undefined): unknown =>
  bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown);
const changesOf = (page: string): Change[] => (JSON.parse(page) as { changes: Change[] }).changes;
const bodies = (page: string): unknown[] => valueBodies(Buffer.from(page), changesOf(page)).map(json);

it('cuts out exactly the values, whatever they hold and however the page is spaced', () => {
  const change = fc.record({
    op: fc.constant('put'),
    type: fc.string(),
    value: fc.jsonValue(),
    extra: fc.jsonValue(),
  });
  const page = fc.record({ before: fc.jsonValue(), changes: fc.array(change), after: fc.jsonValue() });
  fc.assert(
    fc.property(page, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(bodies(text)).toEqual(changesOf(text).map((one) => (one as { value: unknown }).value));
    }),
  );
});

it('keeps the bytes as they came, spaces and unknown fields included', () => {
  const text = '{"changes":[{"op":"put", "value" : { "b":1,  "a":[ "\\"}" ] } }]}';
  const [body] = valueBodies(Buffer.from(text), changesOf(text));
  expect(Buffer.from(body ?? []).toString()).toBe('{ "b":1,  "a":[ "\\"}" ] }');
});

it('reads a key that occurs twice as JSON does: the last one counts', () => {
  const text = '{"changes":[{"op":"put","value":1}],"changes":[{"op":"put","value":2,"value":{"x":3}}]}';
  expect(bodies(text)).toEqual([{ x: 3 }]);
});

it('is not fooled by keys written with escapes, nor by a byte order mark', () => {
  const escaped = '{"changes":[{"op":"put","value":1,"valu\\u0065":2}]}';
  expect(bodies(escaped)).toEqual([2]);
  const marked = Buffer.from('\uFEFF{"changes":[{"op":"put","value":7}]}');
  expect(valueBodies(marked, changesOf(marked.toString().slice(1))).map(json)).toEqual([7]);
});

it('ends on bytes that are not JSON, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (bytes, text) => {
      expect(valueBodies(bytes, [])).toEqual([]);
      expect(valueBodies(Buffer.from(`{"changes":[{${text}`), [])).toEqual([]);
    }),
  );
});

it('has nothing for a deletion', () => {
  expect(bodies('{"changes":[{"op":"del"},{"op":"put","value":"x"}]}')).toEqual([undefined, 'x']);
});
