/** Kinds of elements that readers of PDF know (ISO 32000-1, 14.8.4). */
export type ElementType =
  | "Document"
  | "Sect"
  | "H1"
  | "H2"
  | "H3"
  | "P"
  | "TOC"
  | "TOCI"
  | "Link"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody";

/** Puts what is drawn into a tree of elements, in the order in which it is to be read: what a screen reader goes by. What has no element is decoration. */
export class Structure {
  readonly #doc: PDFKit.PDFDocument;
  readonly #open: PDFKit.PDFStructureElement[];
  #decorates = false;

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
    const root = doc.struct("Document");
    doc.addStructure(root);
    this.#open = [root];
  }

  #add(element: PDFKit.PDFStructureElement): void {
    this.#open.at(-1)?.add(element);
  }

  /** An element of what is drawn meanwhile. */
  element(type: ElementType, draw: () => void): void {
    if (this.#decorates) return draw();
    this.#add(this.#doc.struct(type, {}, [draw]));
  }

  /** An element of the elements that are made meanwhile. */
  within(type: ElementType, work: () => void): void {
    if (this.#decorates) return work();
    this.later(type)(work);
  }

  /** An element whose place is here, and which is filled, once, by what this gives. */
  later(type: ElementType): (work: () => void) => void {
    const element = this.#doc.struct(type);
    this.#add(element);
    return (work) => {
      this.#open.push(element);
      work();
      this.#open.pop();
      element.end();
    };
  }

  /** Draws what says nothing, or nothing again: lines, colours, the foot of a sheet. */
  decoration(draw: () => void): void {
    if (this.#decorates) return draw();
    this.#decorates = true;
    this.#doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.#doc.endMarkedContent();
    this.#decorates = false;
  }

  /** Closes the tree. */
  end(): void {
    this.#open[0]?.end();
  }
}
