import type { PageIndex } from "../html/page-data.ts";
import { element } from "./element.ts";
import type { Entry } from "./filter.ts";
import { findingDetails } from "./finding-details.ts";

let made = 0;

/** Opens or closes a row, and makes its details when it is opened for the first time. */
export function setOpen(row: HTMLElement, open: boolean): void {
  row.dispatchEvent(new CustomEvent("set-open", { detail: open }));
}

/** Whether a row shows its details. */
export function isOpen(row: HTMLElement): boolean {
  return row.querySelector(".row")?.getAttribute("aria-expanded") === "true";
}

/** One finding of the list: a button that says what it is and opens the rest. */
export function findingRow({ finding, label, control }: Entry, { controls, exceptions }: PageIndex): HTMLLIElement {
  const id = `finding-${++made}`;
  const details = element("div", { id, class: "details", hidden: true });
  const name = controls[finding.control]?.name ?? "";
  const button = element(
    "button",
    { type: "button", class: "row", "aria-expanded": "false", "aria-controls": id },
    element("span", { class: `badge severity-${finding.severity}` }, finding.severity),
    element(
      "span",
      { class: "what" },
      element("span", { class: "message" }, finding.message === "" ? name : finding.message),
      element("span", { class: "about" }, element("span", { class: "id" }, control), ` ${name}`),
    ),
    element(
      "span",
      { class: "where" },
      element("span", { class: "resource" }, label),
      finding.place === "" ? element("span", { class: "muted" }, "in no file") : element("code", { class: "place" }, finding.place),
    ),
    finding.status === "accepted" ? element("span", { class: "badge status-accepted" }, "accepted") : null,
  );
  const row = element("li", { class: "finding" }, button, details);
  const set = (open: boolean): void => {
    if (open && details.childElementCount === 0) {
      const exception = finding.exception === null ? undefined : exceptions[finding.exception];
      details.append(...findingDetails(finding, exception).filter((child) => child !== null));
    }
    button.setAttribute("aria-expanded", String(open));
    details.hidden = !open;
  };
  button.addEventListener("click", () => {
    set(!isOpen(row));
  });
  row.addEventListener("set-open", (event) => {
    if (event instanceof CustomEvent) set(event.detail === true);
  });
  return row;
}
