import type { Connection } from './connection.ts';
import type { TextsWriter } from './texts-writer.ts';
import { partText } from './texts.ts';

const MOST_REMEMBERED = 100_000;

/** The dictionary of distinct parts: 60,000 lines name about 15,000 of them, so their texts are kept and indexed once. */
export class Parts {
  readonly #db: Connection;
  readonly #texts: TextsWriter;
  readonly #known = new Map<string, number>();

  constructor(db: Connection, texts: TextsWriter) {
    this.#db = db;
    this.#texts = texts;
  }

  key(part: { reference: string; brand: string; name: string }): number {
    const name = `${part.reference}\n${part.brand}\n${part.name}`;
    let pk = this.#known.get(name);
    if (pk === undefined) {
      pk = this.#find(part);
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.set(name, pk);
    }
    return pk;
  }

  /** After a rollback: keys that were handed out in the transaction do not exist. */
  forget(): void {
    this.#known.clear();
  }

  #find({ reference, brand, name }: { reference: string; brand: string; name: string }): number {
    const found = this.#db
      .statement('SELECT pk FROM parts WHERE reference = ? AND brand = ? AND name = ?')
      .get(reference, brand, name) as { pk: number } | undefined;
    if (found) return found.pk;
    const text = partText(reference, brand, name);
    const inserted = this.#db
      .statement('INSERT INTO parts (reference, brand, name, text) VALUES (?, ?, ?, ?)')
      .run(reference, brand, name, text);
    const pk = Number(inserted.lastInsertRowid);
    this.#texts.add('part_text', pk, text);
    return pk;
  }
}
