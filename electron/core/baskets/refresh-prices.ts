import type { BasketLine, LastKnownPrice } from '#shared/domain/basket.ts';
import { newerPrice } from '#shared/mutations/baskets/price.ts';
import type { RefreshedPrices } from '#shared/ipc/baskets.ts';
import type { Result } from '#shared/ipc/errors.ts';
import { PriceResponse } from '#shared/protocol/prices.ts';
import { routes } from '#shared/protocol/routes.ts';
import { fail, ok } from '../result.ts';
import type { Session } from '../service/session.ts';
import type { MakeChange } from '../make-change.ts';

/** As many as one request and one change may name. */
const MOST = 500;
const MOST_BYTES = 1024 * 1024;

/** What the shop says of a line's part: null for one that it does not know any more. */
interface Answered {
  line: BasketLine;
  price: LastKnownPrice | null;
}

/** Asks the shop what the parts of a basket cost today and keeps the answers in it. Asks for everything before it changes anything. */
export async function refreshPrices(
  session: Session,
  basketId: string,
  lines: readonly BasketLine[],
  make: MakeChange,
): Promise<Result<RefreshedPrices>> {
  const answers: Answered[] = [];
  for (let at = 0; at < lines.length; at += MOST) {
    const answered = await ask(session, lines.slice(at, at + MOST));
    if (!answered.ok) return answered;
    answers.push(...answered.value);
  }
  const news = answers.flatMap(({ line, price }) => {
    const now = newerPrice(line.price, price ?? undefined);
    return price && now === price ? [{ line, price }] : [];
  });
  for (let at = 0; at < news.length; at += MOST) {
    const prices = news.slice(at, at + MOST).map(({ line, price }) => ({ lineId: line.id, price }));
    const made = await make({ name: 'basket.updatePrices', args: { basketId, prices } });
    if (!made.ok) return made;
    if (!made.value.made) return fail('not_found', { detail: made.value.refusal.kind });
  }
  return ok({
    checked: answers.length,
    changes: news
      .filter(({ line, price }) => saysOther(line.price, price))
      .map(({ line, price }) => ({
        lineId: line.id,
        name: line.name,
        ...(line.price && { before: line.price }),
        now: price,
      })),
    unknown: answers.filter(({ price }) => !price).map(({ line }) => ({ lineId: line.id, name: line.name })),
  });
}

async function ask(session: Session, lines: readonly BasketLine[]): Promise<Result<Answered[]>> {
  // One part on several lines is asked for once.
  const parts = new Map(
    lines.map(({ reference, brand }) => [nameOf({ reference, brand }), { reference, brand }]),
  );
  const body = JSON.stringify({ parts: [...parts.values()] });
  const reply = await session.json({ method: 'POST', path: routes.prices, body }, PriceResponse, MOST_BYTES);
  if (!reply.ok) return { ok: false, error: reply.error };
  const { prices } = reply.value;
  if (prices.length !== parts.size) return fail('bad_answer', { detail: 'prices of other parts' });
  const byName = new Map([...parts.keys()].map((name, index) => [name, prices[index] ?? null]));
  return ok(lines.map((line) => ({ line, price: byName.get(nameOf(line)) ?? null })));
}

const nameOf = ({ reference, brand }: { reference: string; brand: string }): string =>
  `${brand}\n${reference}`;

/** The same price of another day is no news. */
function saysOther(before: LastKnownPrice | undefined, now: LastKnownPrice): boolean {
  return (
    before?.exclVat !== now.exclVat ||
    before.vatRate !== now.vatRate ||
    before.currency !== now.currency ||
    before.availability !== now.availability
  );
}
