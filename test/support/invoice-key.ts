import type * as Files from '#core/invoices/files.ts';

/**
 * What the accounts opened next seal their invoices with; undefined keeps them in clear. For tests that mock `#core/invoices/files.ts` with `withKey`:
 * what matters to them is the key that the files get, not where an account has it from.
 */
export const invoiceKey = { value: undefined as Uint8Array | undefined };

export async function withKey(original: () => Promise<typeof Files>): Promise<typeof Files> {
  const module = await original();
  class KeyedFiles extends module.InvoiceFiles {
    constructor(ports: Files.InvoiceFilesPorts) {
      super({ ...ports, key: invoiceKey.value });
    }
  }
  return { ...module, InvoiceFiles: KeyedFiles };
}
