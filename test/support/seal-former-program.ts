import { sealFormer } from '#core/invoices/seal-former.ts';

/* Seals what is in clear of an invoice, and is killed before the step of that number. */

const [path = '', id = '', sha256 = '', key = '', stop = ''] = process.argv.slice(2);
let step = 0;

await sealFormer({ path, key: Buffer.from(key, 'hex') }, id, sha256, () => {
  step += 1;
  if (step === Number(stop)) process.kill(process.pid, 'SIGKILL');
});
