import { createHash } from 'node:crypto';

const STREAM_BYTES = 48 * 1024;

/**
 * A small but whole PDF of one empty page whose attached stream cannot be compressed, as large as an invoice with its
 * fonts usually is; the same bytes for the same id.
 */
export function invoicePdf(id: string): Buffer {
  const noise: Buffer[] = [];
  for (let block = 0; block * 32 < STREAM_BYTES; block += 1) {
    noise.push(createHash('sha256').update(`${id}/${block}`).digest());
  }
  const objects = [
    Buffer.from('1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'),
    Buffer.from('2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n'),
    Buffer.from('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n'),
    Buffer.concat([
      Buffer.from(`4 0 obj\n<< /Length ${STREAM_BYTES} >>\nstream\n`),
      ...noise,
      Buffer.from('\nendstream\nendobj\n'),
    ]),
  ];
  const head = Buffer.from('%PDF-1.7\n');
  let at = head.length;
  const table = objects.map((object) => {
    const entry = `${String(at).padStart(10, '0')} 00000 n \n`;
    at += object.length;
    return entry;
  });
  const count = objects.length + 1;
  const tail = `xref\n0 ${count}\n0000000000 65535 f \n${table.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([head, ...objects, Buffer.from(tail)]);
}
