import { Agent, request } from 'node:http';
import { newId } from '#shared/domain/ids.ts';
import { routes } from '#shared/protocol/routes.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';

export interface RawPage {
  changes: { op: 'put' | 'del'; type: string; id: string; rev: number; value?: unknown }[];
  cursor: string;
  hasMore: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Keep-alive and no compression: the cheapest way to read the feed. Pages of 500, from `cursor` to the end. */
export async function* pages(serviceUrl: string, from?: string): AsyncGenerator<RawPage> {
  const replicaId = newId();
  let cursor = from;
  for (;;) {
    const query = new URLSearchParams({ replicaId, limit: '500', ...(cursor ? { cursor } : {}) });
    const body = await get(`${serviceUrl}${routes.pull}?${query}`);
    const page = JSON.parse(body.toString('utf8')) as RawPage;
    yield page;
    if (!page.hasMore) return;
    cursor = page.cursor;
  }
}

/** The whole body; throws for any status but 200. */
export function get(url: string, accessToken = 'bench'): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${accessToken}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
    request(url, { agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts));
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end();
  });
}

/** Ends the kept connections, so that the process can end. */
export function hangUp(): void {
  agent.destroy();
}
