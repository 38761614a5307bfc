// The page's script. Everything that it shows is in the page already; it lists, searches and filters the findings.
import { FilterForm } from "./filter-form.ts";
import { entriesOf, filtered } from "./filter.ts";
import { FindingList } from "./finding-list.ts";
import { listenToKeys } from "./keyboard.ts";
import { readData } from "./read-data.ts";
import { listenToTheme } from "./theme.ts";

function start(): void {
  const { index, findings } = readData();
  const entries = entriesOf(findings, index);
  const list = new FindingList(index, entries.length);
  const form = new FilterForm(entries, index, (filter) => {
    list.show(filtered(entries, filter));
  });
  listenToKeys(form, list);
  listenToTheme();

  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-control]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      form.choose(button.dataset["control"] ?? "");
      document.querySelector("#findings")?.scrollIntoView();
      list.focus(0);
    });
  }
  for (const text of document.querySelectorAll<HTMLElement>(".without-script")) text.hidden = true;

  const closed = new Set<HTMLDetailsElement>();
  addEventListener("beforeprint", () => {
    list.forPrint();
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
      // What each control is about is once on the page of the control, not under each of its findings.
      if (details.classList.contains("explanation")) continue;
      closed.add(details);
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed.clear();
    list.afterPrint();
  });
}

start();
