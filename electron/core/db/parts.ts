import { checksum } from './checksum.ts';
import type { Connection } from './connection.ts';
import type { TextsWriter } from './texts-writer.ts';
import { partText } from './texts.ts';

export interface PartName {
  reference: string;
  brand: string;
  name: string;
}

const MOST_REMEMBERED = 100_000;

/** The dictionary of distinct parts: 60,000 lines name about 15,000 of them, so their texts are kept and indexed once. */
export class Parts {
  readonly #db: Connection;
  readonly #texts: TextsWriter;
  readonly #known = new Map<string, number>();
  /** Whether `known` holds all there are: then what is not in it is new, without a look. */
  #all = false;

  constructor(db: Connection, texts: TextsWriter) {
    this.#db = db;
    this.#texts = texts;
    this.forget();
  }

  key(part: PartName): number {
    const name = `${part.reference}\n${part.brand}\n${part.name}`;
    let pk = this.#known.get(name);
    if (pk === undefined) {
      const hash = checksum(name);
      pk = (this.#all ? undefined : this.#find(part, hash)) ?? this.#insert(part, hash);
      if (this.#known.size >= MOST_REMEMBERED) {
        this.#known.clear();
        this.#all = false;
      }
      this.#known.set(name, pk);
    }
    return pk;
  }

  /** After a rollback: keys that were handed out in the transaction do not exist. */
  forget(): void {
    this.#known.clear();
    this.#all = this.#db.value<number>('SELECT 1 FROM parts LIMIT 1') === undefined;
  }

  #find({ reference, brand, name }: PartName, hash: number): number | undefined {
    const found = this.#db
      .statement('SELECT pk FROM parts WHERE hash = ? AND reference = ? AND brand = ? AND name = ?')
      .get(hash, reference, brand, name) as { pk: number } | undefined;
    return found?.pk;
  }

  #insert({ reference, brand, name }: PartName, hash: number): number {
    const text = partText(reference, brand, name);
    const inserted = this.#db
      .statement('INSERT INTO parts (reference, brand, name, text, hash) VALUES (?, ?, ?, ?, ?)')
      .run(reference, brand, name, text, hash);
    const pk = Number(inserted.lastInsertRowid);
    this.#texts.add('part_text', pk, text);
    return pk;
  }
}
