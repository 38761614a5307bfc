import { SEVERITIES, type Result } from "@holdfast/core";
import { countText } from "../pretty/count-text.ts";
import { html, type Markup } from "./markup.ts";

function choice(name: string, label: string, options: readonly (readonly [value: string, text: string])[] = [["", "All"]]): Markup {
  return html`<div>
    <label for="choice-${name}">${label}</label>
    <select id="choice-${name}" name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </div>`;
}

const ORDERS = [
  ["", "Severity"],
  ["resource", "Resource"],
  ["place", "File"],
] as const;

/** The place of the findings. The page's script fills the choices and the list; without it, it is said where they are. */
export function findingsSection({ summary, findings }: Result): Markup {
  const severities = SEVERITIES.map(
    (severity) =>
      html`<label class="chip"
        ><input type="checkbox" name="severity" value="${severity}" /><span class="badge severity-${severity}">${severity}</span>
        <span class="muted">${summary.bySeverity[severity]}</span></label
      >`,
  );
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    <noscript
      ><p class="warning">
        ${countText(findings.length, "finding")} are in this file, but they are listed by a script, and scripts are off here. \`holdfast
        report\` writes them in other forms.
      </p></noscript
    >
    <form id="filter" role="search" aria-label="Filter findings" hidden>
      <div class="search">
        <label for="search">Search</label
        ><input
          id="search"
          type="search"
          name="text"
          autocomplete="off"
          spellcheck="false"
          placeholder="Message, control, resource or file"
          aria-keyshortcuts="/"
        />
      </div>
      <fieldset class="chips">
        <legend>Severity</legend>
        ${severities}
      </fieldset>
      <div class="choices">
        ${choice("framework", "Framework")}${choice("control", "Control")}${choice("namespace", "Namespace")}${choice("kind", "Kind")}${choice("status", "Status")}${choice("order", "Order", ORDERS)}<button
          type="reset"
        >
          Clear filters
        </button>
      </div>
    </form>
    <div class="list-head">
      <p id="count" role="status"></p>
      <p class="keys" hidden>
        <kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> close
        <label><input type="checkbox" id="keys" checked /> single keys</label>
      </p>
    </div>
    <p id="said" class="hidden" role="status"></p>
    <ol id="list" class="findings"></ol>
    <nav id="pages" class="pages" aria-label="Pages of findings" hidden></nav>
  </section> `;
}
