import type { EntityType } from '#shared/domain/entities.ts';
import type { InvoiceKind } from '#shared/domain/invoice.ts';
import type { CoreDeposit } from '#shared/domain/order.ts';
import type { OrderStatus } from '#shared/domain/order-status.ts';

/** Words of the domain as the small numbers that rows keep. Numbers are never reused: databases outlive versions. */
class Codes<Word extends string> {
  readonly #codes: Readonly<Record<Word, number>>;
  readonly #words = new Map<number, Word>();

  constructor(codes: Readonly<Record<Word, number>>) {
    this.#codes = codes;
    for (const word of Object.keys(codes) as Word[]) this.#words.set(codes[word], word);
  }

  code(word: Word): number {
    return this.#codes[word];
  }

  word(code: number): Word {
    const word = this.#words.get(code);
    if (word === undefined) throw new RangeError(`no word for code ${code}`);
    return word;
  }
}

export const typeCodes = new Codes<EntityType>({
  profile: 1,
  policy: 2,
  vehicle: 3,
  order: 4,
  invoice: 5,
  basket: 6,
  notice: 7,
  support_message: 8,
});

export const statusCodes = new Codes<OrderStatus>({
  placed: 1,
  payment_pending: 2,
  paid: 3,
  preparing: 4,
  partially_shipped: 5,
  shipped: 6,
  delivered: 7,
  cancelled: 8,
  partially_refunded: 9,
  refunded: 10,
});

export const depositCodes = new Codes<CoreDeposit['state']>({
  to_return: 1,
  shipped: 2,
  received: 3,
  inspected: 4,
  refunded: 5,
  refused: 6,
  expired: 7,
});

export const kindCodes = new Codes<InvoiceKind>({ invoice: 1, credit_note: 2 });

/** Where an invoice's file is, as rows keep it; that one is being fetched lives in memory only. */
export const FILE = { toDownload: 0, here: 1, damaged: 2, failed: 3 } as const;

/** How far a change has come. */
export const CHANGE = {
  /** On this computer only. */
  waiting: 0,
  /** It may have arrived. */
  attempted: 1,
  /** What the service tells contains it. */
  confirmed: 2,
  /** The service refused it, and the person has not decided yet. */
  refused: 3,
  /** Refused, and no longer wanted. */
  letGo: 4,
} as const;

/** Why a change of nothing is sent in place of a change. */
export const INSTEAD = { itself: 0, takenBack: 1, tooLarge: 2 } as const;
