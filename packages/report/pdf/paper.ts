import { brotliDecompressSync } from "node:zlib";
import Document from "pdfkit";
import { mono, sans, sansBold } from "./fonts.ts";
import { cutText, paperText } from "./paper-text.ts";
import { Structure, type ElementType } from "./structure.ts";

/** The colours of the document; few, and such that a grey print says the same. */
export const COLORS = {
  ink: "#18202b",
  muted: "#556070",
  line: "#d5dbe3",
  ground: "#f1f3f6",
  accent: "#1f4f8f",
  critical: "#8c1130",
  high: "#c2410c",
  medium: "#b98308",
  low: "#5b7ea6",
  unknown: "#97a1ae",
  passed: "#2f7d59",
} as const;

const MARGIN = 62;
const TOP = 64;
const BOTTOM = 72;
/** No text of input may be longer than this, or one could fill the document; how much is cut is said. */
const LONGEST = 1200;
const SHORTEST = 50;
const LEADING = 2;

/** How a text is set. */
export interface Style {
  readonly font?: "sans" | "bold" | "mono";
  readonly size?: number;
  readonly color?: string;
}

/** A paragraph of a table's cell. */
export interface Block extends Style {
  readonly text: string;
}

/** A cell of a table: its paragraphs, or one text in the usual style. */
export type Cell = string | readonly Block[];

/** A column: its heading and its share of the width, which add up to 1. */
export interface Column {
  readonly title: string;
  readonly share: number;
  readonly right?: boolean;
}

/** What a document is called and when it was made. */
export interface PaperInfo {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** Null where the result has no time: then the document has none either. */
  readonly time: Date | null;
}

/** What a text is to whoever reads it, and how it stands. */
interface Written {
  readonly type?: ElementType;
  readonly align?: "left" | "right";
}

interface Entry {
  readonly level: 1 | 2;
  readonly title: string;
  readonly page: number;
  readonly name: string;
}

/** A font of `fonts.ts`. The reader of fonts looks a few bytes past a glyph without an outline, which may stand at the end of the file. */
function fontBytes(text: string): Buffer {
  return Buffer.concat([brotliDecompressSync(Buffer.from(text, "base64")), Buffer.alloc(16)]);
}

/** Sheets of A4 that are written from top to bottom. Headings become bookmarks and lines of the contents. */
export class Paper {
  readonly #doc: PDFKit.PDFDocument;
  readonly #structure: Structure;
  readonly #entries: Entry[] = [];
  #outline: PDFKit.PDFOutline | null = null;

  constructor({ title, subject, creator, time }: PaperInfo) {
    this.#doc = new Document({
      size: "A4",
      margins: { top: TOP, bottom: BOTTOM, left: MARGIN, right: MARGIN },
      bufferPages: true,
      lang: "en-GB",
      pdfVersion: "1.7",
      tagged: true,
      displayTitle: true,
      // None of those that the library has on disk.
      font: "",
      info: { Title: title, Subject: subject, Author: creator, Creator: creator, CreationDate: time ?? new Date(0) },
    });
    // The library needs a date to name the file by. Where there is none it is kept from writing one.
    if (time === null) Object.defineProperty(this.#doc.info, "CreationDate", { enumerable: false });
    this.#doc.registerFont("sans", fontBytes(sans)).registerFont("bold", fontBytes(sansBold)).registerFont("mono", fontBytes(mono));
    this.#structure = new Structure(this.#doc);
  }

  /** The width of the text. */
  get width(): number {
    return this.#doc.page.width - 2 * MARGIN;
  }

  get #left(): number {
    return MARGIN;
  }

  get #end(): number {
    return this.#doc.page.height - BOTTOM;
  }

  get #page(): number {
    const { start, count } = this.#doc.bufferedPageRange();
    return start + count - 1;
  }

  #set({ font = "sans", size = 9.5, color = COLORS.ink }: Style): void {
    this.#doc.font(font).fontSize(size).fillColor(color);
  }

  #height(text: string, style: Style, width: number): number {
    this.#set(style);
    return this.#doc.heightOfString(text, { width, lineGap: LEADING });
  }

  #write(text: string, style: Style, x: number, y: number, width: number, { type = "P", align = "left" }: Written = {}): void {
    // A text of nothing draws nothing, and is no element either.
    if (text === "") return;
    this.#structure.element(type, () => {
      this.#set(style);
      this.#doc.text(text, x, y, { width, lineGap: LEADING, align });
    });
  }

  /** Begins a new sheet. */
  newPage(): void {
    this.#doc.addPage();
    this.#doc.y = TOP;
  }

  /** Begins a new sheet where there is less room than this on the present one. */
  ensure(height: number): void {
    if (this.#doc.y + height > this.#end) this.newPage();
  }

  /** Leaves room, but not at the head of a sheet. */
  space(height: number): void {
    if (this.#doc.y > TOP) this.#doc.y += height;
  }

  /** A heading. `room` is what must fit below it on the same sheet. Those of level 1 and 2 are bookmarks, and lines of the contents where they are `listed`. */
  heading(level: 1 | 2 | 3, text: string, { room = 60, listed = true }: { readonly room?: number; readonly listed?: boolean } = {}): void {
    const title = cutText(text, 200);
    const style: Style = { font: "bold", size: { 1: 17, 2: 12, 3: 10 }[level], color: level === 3 ? COLORS.muted : COLORS.ink };
    this.space({ 1: 26, 2: 18, 3: 12 }[level]);
    this.ensure(this.#height(title, style, this.width) + room);
    const name = `part-${this.#entries.length + 1}`;
    if (level !== 3) {
      if (listed) this.#entries.push({ level, title, page: this.#page, name });
      if (listed) this.#doc.addNamedDestination(name, "XYZ", this.#left, this.#doc.y, null as unknown as number);
      const parent = level === 1 ? this.#doc.outline : (this.#outline ?? this.#doc.outline);
      const item = parent.addItem(title);
      if (level === 1) this.#outline = item;
    }
    this.#write(title, style, this.#left, this.#doc.y, this.width, { type: `H${level}` });
    this.#doc.y += { 1: 8, 2: 5, 3: 3 }[level];
  }

  /** A paragraph. */
  paragraph(text: string, style: Style = {}, indent = 0): void {
    const shown = cutText(text, LONGEST);
    const height = this.#height(shown, style, this.width - indent);
    this.ensure(Math.min(height, 120));
    this.#write(shown, style, this.#left + indent, this.#doc.y, this.width - indent);
    this.#doc.y += 4;
  }

  /** Names with their values, each on a line of its own. */
  facts(facts: readonly (readonly [name: string, value: string])[]): void {
    const first = 130;
    this.#structure.within("L", () => {
      for (const [name, value] of facts) {
        const shown = cutText(value, LONGEST);
        const height = this.#height(shown, {}, this.width - first);
        this.ensure(height);
        const { y } = this.#doc;
        this.#structure.within("LI", () => {
          this.#write(name, { color: COLORS.muted }, this.#left, y, first - 10, { type: "Lbl" });
          this.#write(shown, {}, this.#left + first, y, this.width - first, { type: "LBody" });
        });
        this.#doc.y = y + height + 2;
      }
    });
  }

  /** Large figures beside each other, each with what it says. */
  figures(figures: readonly { readonly title: string; readonly figure: string; readonly note: string; readonly known: boolean }[]): void {
    const width = this.width / figures.length;
    const { y } = this.#doc;
    let end = y;
    for (const [place, { title, figure, note, known }] of figures.entries()) {
      const x = this.#left + place * width;
      this.#write(title, { color: COLORS.muted, font: "bold" }, x, y, width - 14);
      this.#write(figure, { font: "bold", size: 24, color: known ? COLORS.accent : COLORS.muted }, x, y + 16, width - 14);
      this.#write(note, { size: 8.5, color: COLORS.muted }, x, y + 50, width - 24);
      end = Math.max(end, this.#doc.y);
    }
    this.#doc.y = end;
  }

  /** A bar of parts, with a line that says what each stands for. */
  bar(parts: readonly { readonly name: string; readonly count: number; readonly color: string }[]): void {
    const shown = parts.filter(({ count }) => count > 0);
    const total = shown.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return;
    this.ensure(40);
    let x = this.#left;
    const { y } = this.#doc;
    for (const { count, color } of shown) {
      const width = (count / total) * this.width;
      const from = x;
      this.#structure.decoration(() => this.#doc.rect(from, y, Math.max(width - 1, 0.5), 9).fill(color));
      x += width;
    }
    let key = this.#left;
    for (const { name, count, color } of shown) {
      const text = `${count.toLocaleString("en-US")} ${name}`;
      const from = key;
      this.#structure.decoration(() => this.#doc.rect(from, y + 18, 7, 7).fill(color));
      this.#write(text, { size: 9 }, key + 11, y + 15, 140);
      key += 11 + this.#doc.widthOfString(text) + 18;
    }
    this.#doc.y = y + 36;
  }

  /** A table; its head stands again on each sheet, or nowhere where the columns have no titles. No row is broken. */
  table(columns: readonly Column[], rows: Iterable<readonly Cell[]>): void {
    const gap = 10;
    const widths = columns.map(({ share }) => share * this.width - gap);
    const xs = columns.map((_, place) => this.#left + columns.slice(0, place).reduce((sum, { share }) => sum + share * this.width, 0));
    const draw = (cells: readonly (readonly Block[])[], height: number, color: string, type: "TH" | "TD" = "TD"): void => {
      const { y } = this.#doc;
      this.#structure.within("TR", () => {
        for (const [place, blocks] of cells.entries()) {
          let at = y;
          this.#structure.within(type, () => {
            for (const block of blocks) {
              this.#doc.y = at;
              const align = columns[place]?.right === true ? "right" : "left";
              this.#write(block.text, block, xs[place] ?? 0, at, widths[place] ?? 0, { align });
              at = this.#doc.y + 1;
            }
          });
        }
      });
      this.#rule(y + height + 2, color);
      this.#doc.y = y + height + 6;
    };
    const heightOf = (cells: readonly (readonly Block[])[]): number =>
      Math.max(
        ...cells.map((blocks, place) => blocks.reduce((sum, block) => sum + this.#height(block.text, block, widths[place] ?? 0) + 1, 0)),
      );
    const titles = columns.map(({ title }): readonly Block[] => [{ text: title, font: "bold", size: 8.5, color: COLORS.muted }]);
    const titled = columns.some(({ title }) => title !== "");
    const head = (): void => {
      if (titled) draw(titles, heightOf(titles), COLORS.muted, "TH");
      else {
        this.#rule(this.#doc.y + 1, COLORS.line);
        this.#doc.y += 5;
      }
    };
    this.ensure(60);
    this.#structure.within("Table", () => {
      head();
      for (const row of rows) {
        let most = LONGEST;
        let cells = columns.map((_, place) => this.#blocks(row[place] ?? "", most));
        // A row that no sheet holds is cut until one does.
        while (heightOf(cells) > this.#end - TOP - 60 && most > SHORTEST) {
          most /= 2;
          cells = columns.map((_, place) => this.#blocks(row[place] ?? "", most));
        }
        const height = heightOf(cells);
        if (this.#doc.y + height + 6 > this.#end) {
          this.newPage();
          // It was read already.
          this.#structure.decoration(head);
        }
        draw(cells, height, COLORS.line);
      }
    });
    this.#doc.y += 6;
  }

  #blocks(cell: Cell, most: number): readonly Block[] {
    const blocks: readonly Block[] = typeof cell === "string" ? [{ text: cell }] : cell;
    return blocks.map((block) => ({ size: 9, ...block, text: cutText(block.text, most) }));
  }

  #rule(y: number, color: string): void {
    this.#structure.decoration(() =>
      this.#doc
        .moveTo(this.#left, y)
        .lineTo(this.#left + this.width, y)
        .lineWidth(0.5)
        .strokeColor(color)
        .stroke(),
    );
  }

  /** Draws the present sheet's head, for a cover. */
  cover(brand: string, title: string, lines: readonly string[]): void {
    this.#structure.decoration(() => this.#doc.rect(0, 0, this.#doc.page.width, 8).fill(COLORS.accent));
    this.#write(brand, { font: "bold", size: 11, color: COLORS.accent }, this.#left, 150, this.width);
    this.#write(title, { font: "bold", size: 30 }, this.#left, 168, this.width, { type: "H1" });
    this.#doc.y += 8;
    for (const line of lines) this.#write(cutText(line, 400), { size: 11, color: COLORS.muted }, this.#left, this.#doc.y, this.width);
    this.#doc.y += 40;
  }

  /** Leaves sheets free for the contents, which are known at the end; `lines` is how many there will be at most. Gives what writes them. */
  reserveContents(lines: number): () => void {
    const perPage = 38;
    const pages = Math.max(1, Math.ceil(lines / perPage));
    const first = this.#page + 1;
    for (let page = 0; page < pages; page++) this.newPage();
    const heading = this.#structure.later("Sect");
    const contents = this.#structure.later("TOC");
    return () => {
      this.#doc.switchToPage(first);
      heading(() => this.#write("Contents", { font: "bold", size: 17 }, this.#left, TOP, this.width, { type: "H1" }));
      contents(() => {
        for (const [place, entry] of this.#entries.entries()) {
          this.#doc.switchToPage(first + Math.floor(place / perPage));
          this.#structure.within("TOCI", () => this.#contentsLine(entry, TOP + 40 + (place % perPage) * 17));
        }
      });
    };
  }

  #contentsLine({ level, title, page, name }: Entry, y: number): void {
    const indent = level === 1 ? 0 : 16;
    const style: Style = { font: level === 1 ? "bold" : "sans" };
    this.#structure.element("Link", () => {
      this.#set(style);
      this.#doc.text(this.#fitted(title, this.width - indent - 50), this.#left + indent, y, { lineBreak: false });
      this.#doc.goTo(this.#left, y, this.width, 14, name);
    });
    this.#write(String(page + 1), style, this.#left, y, this.width, { align: "right" });
  }

  /** A text in the present style that is no wider. */
  #fitted(text: string, width: number): string {
    if (this.#doc.widthOfString(text) <= width) return text;
    let length = text.length;
    while (length > 1 && this.#doc.widthOfString(`${text.slice(0, length)}…`) > width) length--;
    return `${text.slice(0, length).trimEnd()}…`;
  }

  /** Writes the foot of every sheet but the first, and gives the bytes of the document. */
  *finish(foot: string): Iterable<Uint8Array> {
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 1; page < count; page++) {
      this.#doc.switchToPage(page);
      // Text below the margin would begin a new sheet.
      this.#doc.page.margins.bottom = 0;
      const y = this.#doc.page.height - 44;
      this.#rule(y - 8, COLORS.line);
      const style: Style = { size: 8, color: COLORS.muted };
      this.#structure.decoration(() => {
        this.#set(style);
        this.#doc.text(this.#fitted(paperText(foot), this.width - 90), this.#left, y, { lineBreak: false });
        this.#write(`Page ${page + 1} of ${count}`, style, this.#left, y, this.width, { align: "right" });
      });
    }
    this.#structure.end();
    this.#doc.end();
    for (let bytes: unknown = this.#doc.read(); bytes instanceof Uint8Array; bytes = this.#doc.read()) yield bytes;
  }
}
