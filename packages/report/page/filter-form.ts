import type { PageIndex } from "../html/page-data.ts";
import { element, part } from "./element.ts";
import { countsOf, type Entry, type Facet, type Filter } from "./filter.ts";

const WAIT = 120;

/** The names of a facet's values, as people know them. */
function namesOf(facet: Facet, { controls, frameworks }: PageIndex): (value: string) => string {
  if (facet === "namespace") return (value) => (value === "none" ? "(no namespace)" : value.slice(1));
  if (facet === "framework") {
    const names = new Map(frameworks);
    return (value) => names.get(value) ?? value;
  }
  if (facet === "control") {
    const names = new Map(controls.map(({ id, name }) => [id, `${id} ${name}`]));
    return (value) => names.get(value) ?? value;
  }
  return (value) => value;
}

const collator = new Intl.Collator("en", { numeric: true });

function fill(select: HTMLSelectElement, facet: Facet, entries: readonly Entry[], index: PageIndex): void {
  const nameOf = namesOf(facet, index);
  const known = facet === "framework" ? new Set(index.frameworks.map(([id]) => id)) : null;
  const values = [...countsOf(entries, facet)].filter(([value]) => known?.has(value) ?? true);
  const sorted = values.sort(([a], [b]) => collator.compare(nameOf(a), nameOf(b)));
  select.append(...sorted.map(([value, count]) => element("option", { value }, `${nameOf(value)} (${count.toLocaleString("en-US")})`)));
  // With one value there is nothing to choose.
  select.disabled = sorted.length < 2;
}

function filterOf(form: HTMLFormElement): Filter {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    text: text("text"),
    severities: data.getAll("severity").map(String),
    framework: text("framework"),
    control: text("control"),
    namespace: text("namespace"),
    kind: text("kind"),
    status: text("status"),
    order: text("order"),
  };
}

/** The form by which findings are filtered. */
export class FilterForm {
  readonly form: HTMLFormElement = part("filter", HTMLFormElement);
  readonly search: HTMLInputElement = part("search", HTMLInputElement);

  constructor(entries: readonly Entry[], index: PageIndex, changed: (filter: Filter) => void) {
    for (const facet of ["framework", "control", "namespace", "kind", "status"] as const) {
      const select = this.form.querySelector<HTMLSelectElement>(`select[name="${facet}"]`);
      if (select !== null) fill(select, facet, entries, index);
    }
    let waiting = 0;
    const tell = (): void => {
      clearTimeout(waiting);
      changed(filterOf(this.form));
    };
    this.form.addEventListener("input", (event) => {
      // Whoever types is not interrupted by a list that changes with every letter.
      clearTimeout(waiting);
      if (event.target === this.search) waiting = setTimeout(tell, WAIT);
      else tell();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell();
    });
    this.form.addEventListener("reset", () => {
      setTimeout(tell);
    });
    this.form.hidden = entries.length === 0;
    changed(filterOf(this.form));
  }

  /** Asks for the findings of one control and for nothing else. */
  choose(control: string): void {
    this.form.reset();
    const select = this.form.querySelector<HTMLSelectElement>('select[name="control"]');
    if (select !== null) select.value = control;
    this.form.requestSubmit();
  }
}
