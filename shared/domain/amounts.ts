/* Sums on documents, apart from their schemas so that code which only adds up does not carry zod. All amounts are cents. */

/** What of an order's line decides its sums. */
interface PricedLine {
  quantity: number;
  unitPriceExclVat: number;
  discountExclVat?: number | undefined;
  vatRate: number;
  coreDeposit?: { amountExclVat: number; vatRate: number } | undefined;
}

/** VAT of an amount excluding VAT, rounded half away from zero to the cent: the rounding an invoice line uses. */
export function vatOf(exclVat: number, rate: number): number {
  const exact = (Math.abs(exclVat) * rate) / 10_000;
  return Math.sign(exclVat) * Math.floor(exact + 0.5);
}

/** What a line costs excluding VAT, after its discount, without its deposit. */
export function lineExclVat(line: PricedLine): number {
  return line.quantity * line.unitPriceExclVat - (line.discountExclVat ?? 0);
}

/** What a line costs including VAT, rounded once per line as on the invoice, without its deposit. */
export function lineInclVat(line: PricedLine): number {
  const exclVat = lineExclVat(line);
  return exclVat + vatOf(exclVat, line.vatRate);
}

/** The deposit on a line, all units, excluding and including VAT. */
export function lineDeposit(line: PricedLine): { exclVat: number; inclVat: number } {
  if (!line.coreDeposit) return { exclVat: 0, inclVat: 0 };
  const exclVat = line.quantity * line.coreDeposit.amountExclVat;
  return { exclVat, inclVat: exclVat + vatOf(exclVat, line.coreDeposit.vatRate) };
}
