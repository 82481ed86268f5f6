import { request } from 'node:http';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { routes } from '#shared/protocol/routes.ts';
import { newId } from '#shared/domain/ids.ts';

export interface RawPage {
  changes: { op: 'put' | 'del'; type: string; id: string; rev: number; value?: unknown }[];
  cursor: string;
  hasMore: boolean;
}

/** Keep-alive and no compression: the cheapest way to read the feed. Pages of 500, from the start to the end. */
export async function* pages(serviceUrl: string, accessToken: string): AsyncGenerator<RawPage> {
  const replicaId = newId();
  let cursor: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ replicaId, limit: '500', ...(cursor ? { cursor } : {}) });
    const text = await get(`${serviceUrl}${routes.pull}?${query}`, accessToken);
    const page = JSON.parse(text) as RawPage;
    yield page;
    if (!page.hasMore) return;
    cursor = page.cursor;
  }
}

function get(url: string, accessToken: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${accessToken}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
    request(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`the feed answered ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end();
  });
}
