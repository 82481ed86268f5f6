import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';

export type Encoding = 'zstd' | 'br' | 'gzip';

const compressors: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  zstd: (bytes) => promisify(zstdCompress)(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 1 }),
};

/** Cheapest first, for the same preference of the client. */
const preferred: readonly Encoding[] = ['zstd', 'br', 'gzip'];

/** What the client allows (RFC 9110, 12.5.3); undefined for the bytes as they are. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (name !== '') weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  // Bytes as they are stay allowed unless refused; they lose to an encoding that is wanted as much.
  const plain = weights.get('identity') ?? 0;
  let best: Encoding | undefined;
  let bestWeight = 0;
  for (const name of preferred) {
    const weight = weightOf(name);
    if (weight > bestWeight && weight >= plain) {
      best = name;
      bestWeight = weight;
    }
  }
  return best;
}

/** Off the event loop, at the lowest level: a page waits for the network, but the core is shared. */
export const compress = (encoding: Encoding, bytes: Buffer): Promise<Buffer> => compressors[encoding](bytes);
