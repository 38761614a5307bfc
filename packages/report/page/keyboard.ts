import { part } from "./element.ts";
import type { FilterForm } from "./filter-form.ts";
import type { FindingList } from "./finding-list.ts";
import { isOpen, setOpen } from "./finding-row.ts";

/** Whether keys are meant for what has the focus: a field takes letters, a list of choices takes arrows. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/**
 * Moves through the page by keys: `/` to the search, `j` and `k` from finding to finding, the arrows too where one has the focus, Escape out. Single letters can be turned
 * off, as whoever speaks to the computer needs (WCAG 2.1.4).
 */
export function listenToKeys(form: FilterForm, list: FindingList): void {
  const single = part("keys", HTMLInputElement);
  const hint = single.closest<HTMLElement>(".keys");
  if (hint !== null) hint.hidden = list.rows.length === 0;

  const current = (): number => list.rows.findIndex((row) => row.contains(document.activeElement));
  const move = (by: number): void => {
    const at = current();
    list.focus(at === -1 ? 0 : at + by);
  };
  const escape = (): void => {
    if (document.activeElement === form.search) {
      if (form.search.value === "") form.search.blur();
      form.search.value = "";
      form.form.requestSubmit();
      return;
    }
    const row = list.rows[current()];
    if (row !== undefined && isOpen(row)) {
      setOpen(row, false);
      row.querySelector<HTMLElement>(".row")?.focus();
    }
  };
  const letters: Readonly<Record<string, () => void>> = {
    "/": () => {
      form.search.focus();
      form.search.select();
    },
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
  };
  const arrows: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      escape();
      return;
    }
    if (event.key === "Enter" && event.target === form.search) {
      event.preventDefault();
      list.focus(0);
      return;
    }
    const by = arrows[event.key];
    if (by !== undefined && event.target instanceof HTMLElement && event.target.classList.contains("row")) {
      event.preventDefault();
      move(by);
      return;
    }
    const act = single.checked && !isField(event.target) ? letters[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
