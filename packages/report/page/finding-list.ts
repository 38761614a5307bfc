import type { PageIndex } from "../html/page-data.ts";
import { element, part } from "./element.ts";
import type { Entry } from "./filter.ts";
import { findingRow, setOpen } from "./finding-row.ts";

const PAGE = 50;
/** On paper each finding takes a quarter of a page: more than these would be a book. What is left out is told. */
const PRINTED = 400;

function counted(count: number): string {
  return count.toLocaleString("en-US");
}

/** The list of findings, a page at a time: the browser never has more of them than a reader can look at. */
export class FindingList {
  readonly #index: PageIndex;
  readonly #list: HTMLOListElement = part("list", HTMLOListElement);
  readonly #pages: HTMLElement = part("pages", HTMLElement);
  readonly #count: HTMLElement = part("count", HTMLElement);
  readonly #all: number;
  #entries: readonly Entry[] = [];
  #page = 0;

  constructor(index: PageIndex, all: number) {
    this.#index = index;
    this.#all = all;
  }

  /** Shows these, from the first on. */
  show(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.turnTo(0);
  }

  /** Shows a page of them; 0 is the first. Says whether there is such a page. */
  turnTo(page: number): boolean {
    if (page < 0 || (page > 0 && page * PAGE >= this.#entries.length)) return false;
    this.#page = page;
    const from = page * PAGE;
    const shown = this.#entries.slice(from, from + PAGE);
    this.#fill(shown, from);
    this.#say(from, shown.length);
    this.#fillPages();
    return true;
  }

  /** The rows that are shown. */
  get rows(): readonly HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>(".finding")];
  }

  /** Puts the focus on a row, on the page after or before this one where it lies there. */
  focus(place: number): void {
    const { rows } = this;
    if (place < 0 && this.turnTo(this.#page - 1)) this.#focusOn(this.rows.length - 1);
    else if (place >= rows.length && this.turnTo(this.#page + 1)) this.#focusOn(0);
    else this.#focusOn(Math.min(Math.max(place, 0), rows.length - 1));
  }

  /** Shows all that fits on paper, opened. */
  forPrint(): void {
    const shown = this.#entries.slice(0, PRINTED);
    this.#fill(shown, 0);
    for (const row of this.rows) setOpen(row, true);
    const left = this.#entries.length - shown.length;
    this.#say(0, this.#entries.length);
    this.#pages.hidden = left === 0;
    this.#pages.replaceChildren(
      element(
        "p",
        { class: "warning" },
        `${counted(left)} more findings are not printed: filter them, or take another form of the result.`,
      ),
    );
  }

  /** Shows again what was shown before it was printed. */
  afterPrint(): void {
    this.turnTo(this.#page);
  }

  #focusOn(place: number): void {
    this.rows[place]?.querySelector<HTMLElement>(".row")?.focus();
  }

  #fill(entries: readonly Entry[], from: number): void {
    this.#list.start = from + 1;
    this.#list.replaceChildren(...entries.map((entry) => findingRow(entry, this.#index)));
  }

  #say(from: number, shown: number): void {
    const found = this.#entries.length;
    const of = found === this.#all ? `${counted(found)} findings` : `${counted(found)} of ${counted(this.#all)} findings`;
    const range = found > shown ? `, ${counted(from + 1)} to ${counted(from + shown)} shown` : "";
    this.#count.textContent =
      this.#all === 0
        ? this.#index.none
        : found === 0
          ? `None of ${counted(this.#all)} findings: clear a filter to see more.`
          : `${of}${range}`;
  }

  #fillPages(): void {
    const last = Math.max(0, Math.ceil(this.#entries.length / PAGE) - 1);
    this.#pages.hidden = last === 0;
    const button = (label: string, page: number): HTMLButtonElement => {
      const made = element("button", { type: "button", disabled: page < 0 || page > last || page === this.#page }, label);
      made.addEventListener("click", () => {
        this.turnTo(page);
        this.#focusOn(0);
      });
      return made;
    };
    this.#pages.replaceChildren(
      button("First", 0),
      button("Previous", this.#page - 1),
      element("span", {}, `Page ${counted(this.#page + 1)} of ${counted(last + 1)}`),
      button("Next", this.#page + 1),
      button("Last", last),
    );
  }
}
