import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawPage } from '../floors/pages.ts';
import { DELTA_ORDERS } from '../data/delta.ts';
import { deltaPath, feedPath } from '../data/dataset.ts';
import type { FeedFile } from '../data/feed-file.ts';
import { lengthOf, readFeed, slice } from '../data/feed-file.ts';
import { answer, programInput } from '../lib/program.ts';
import { peerRowMaker } from '../peers/rows.ts';

/**
 * Speaks the streaming protocol of a PowerSync service (lines of JSON) from lines made beforehand: one bucket, checkpoints of
 * the same data as our feed, in the same order. `POST /bench/delta` sends the delta down the open stream.
 */
const { folder } = programInput<{ folder: string }>();
const OPS_PER_LINE = 1000;
const BUCKET = 'account[]';
let lastOp = 0;
let checksum = 0;
const peerRows = peerRowMaker();

/** The data lines of a feed, and the checkpoint that they lead to. */
function prepare(
  source: FeedFile,
  from: number,
  to: number,
): { lines: Buffer; checkpoint: { last_op_id: string; bucket: object } } {
  const changes = JSON.parse(`[${slice(source, from, to).toString('utf8')}]`) as RawPage['changes'];
  const rows = changes.flatMap((change) => (change.op === 'put' ? peerRows(change) : []));
  const lines: string[] = [];
  for (let at = 0; at < rows.length; at += OPS_PER_LINE) {
    const after = String(lastOp);
    const data = rows.slice(at, at + OPS_PER_LINE).map(({ table, id, data: columns }) => {
      lastOp += 1;
      checksum = (checksum + lastOp) % 2 ** 32;
      const body = JSON.stringify(columns);
      return {
        op_id: String(lastOp),
        op: 'PUT',
        object_type: table,
        object_id: id,
        subkey: `${table}/${id}`,
        checksum: lastOp,
        data: body,
      };
    });
    const hasMore = at + OPS_PER_LINE < rows.length;
    const line = { bucket: BUCKET, after, next_after: String(lastOp), has_more: hasMore, data };
    lines.push(`${JSON.stringify({ data: line })}\n`);
  }
  const bucket = { bucket: BUCKET, checksum, count: lastOp, priority: 3, subscriptions: [{ default: 0 }] };
  return { lines: Buffer.from(lines.join('')), checkpoint: { last_op_id: String(lastOp), bucket } };
}

const feed = readFeed(feedPath(folder));
const first = prepare(feed, 0, lengthOf(feed));
const deltas = readFeed(deltaPath(folder));
const later = [prepare(deltas, 0, DELTA_ORDERS), prepare(deltas, DELTA_ORDERS, lengthOf(deltas))];
let stream: ServerResponse | undefined;

createServer((request, response) => {
  request.resume();
  if (request.url?.startsWith('/sync/stream')) {
    stream = response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const { bucket, last_op_id } = first.checkpoint;
    const streams = [{ name: 'account', is_default: true, errors: [] }];
    send({ checkpoint: { last_op_id, buckets: [bucket], streams } });
    response.write(first.lines);
    send({ checkpoint_complete: { last_op_id } });
  } else if (request.url?.startsWith('/bench/delta')) {
    const next = later[Number(new URL(request.url, 'http://localhost').searchParams.get('upto')) - 1];
    if (!next) throw new Error('no such delta');
    const { bucket, last_op_id } = next.checkpoint;
    send({ checkpoint_diff: { last_op_id, updated_buckets: [bucket], removed_buckets: [] } });
    stream?.write(next.lines);
    send({ checkpoint_complete: { last_op_id } });
    response.end('{}');
  } else {
    response.writeHead(404).end('{}');
  }
}).listen(0, '127.0.0.1', function (this: { address: () => unknown }) {
  answer({ port: (this.address() as AddressInfo).port });
});

function send(line: object): void {
  stream?.write(`${JSON.stringify(line)}\n`);
}
