import type PDFDocument from 'pdfkit';

type Document = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Document['struct']>;

/** One element of the logical structure that screen readers follow (ISO 32000-1, 14.7 and 14.8). */
export class Tag {
  readonly #doc: Document;
  readonly #element: Element;

  constructor(doc: Document, element: Element) {
    this.#doc = doc;
    this.#element = element;
  }

  /** An element inside this one, which gets its own children before it ends. */
  branch(type: string): Tag {
    const element = this.#doc.struct(type);
    this.#element.add(element);
    return new Tag(this.#doc, element);
  }

  /** An element inside this one that holds what is drawn. */
  mark(type: string, draw: () => void): void {
    const element = this.#doc.struct(type);
    this.#element.add(element);
    element.add(this.#doc.markStructureContent(type));
    draw();
    this.#doc.endMarkedContent();
    element.end();
  }

  end(): void {
    this.#element.end();
  }
}

export class Tags {
  readonly root: Tag;
  readonly #doc: Document;

  constructor(doc: Document) {
    this.#doc = doc;
    const element = doc.struct('Document');
    doc.addStructure(element);
    this.root = new Tag(doc, element);
  }

  /** What readers aloud pass over: rules, backgrounds, and what repeats from page to page. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.#doc.markContent('Artifact', { type });
    draw();
    this.#doc.endMarkedContent();
  }

  end(): void {
    this.root.end();
  }
}
