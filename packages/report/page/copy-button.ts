import { element, part } from "./element.ts";

const SHOWN = 2000;

/** Puts a text on the clipboard; where the browser has none for pages of this origin, through a selection. Says whether it went well. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { readonly: true, "aria-hidden": "true", class: "hidden" });
    area.value = text;
    document.body.append(area);
    const focused = document.activeElement;
    area.select();
    // Older, but there where the clipboard is not.
    const done = document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}

/** A button that copies a text, and says so. */
export function copyButton(label: string, text: string): HTMLButtonElement {
  const button = element("button", { type: "button", class: "copy" }, label);
  const act = async (): Promise<void> => {
    const outcome = (await copy(text)) ? "Copied" : "Not copied: select the text instead";
    button.textContent = outcome;
    part("said", HTMLElement).textContent = outcome;
    setTimeout(() => {
      button.textContent = label;
      part("said", HTMLElement).textContent = "";
    }, SHOWN);
  };
  button.addEventListener("click", () => void act());
  return button;
}
