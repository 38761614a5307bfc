import { part } from "./element.ts";

/** Lets the reader choose light or dark; `auto` is what the system prefers. */
export function listenToTheme(): void {
  const choice = part("theme", HTMLFieldSetElement);
  choice.hidden = false;
  choice.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) document.documentElement.dataset["theme"] = event.target.value;
  });
}
