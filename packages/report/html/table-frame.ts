import { html, type Content, type Markup } from "./markup.ts";

/** A column: its title, or null for a drawing that says what a column beside it says in numbers. */
export type TableColumn = string | null | { readonly title: string; readonly number: true };

/** A column of numbers. */
export function numbers(title: string): TableColumn {
  return { title, number: true };
}

function head(column: TableColumn): Markup {
  if (column === null) return html`<td class="wide"></td> `;
  if (typeof column === "string") return html`<th scope="col">${column}</th> `;
  return html`<th scope="col" class="number">${column.title}</th> `;
}

/** A table that can be moved to the side where it is wider than the page, by keyboard too; `label` is what a screen reader calls it. */
export function tableFrame(label: string, columns: readonly TableColumn[], rows: Content): Markup {
  const look = columns.includes(null) ? html` class="bars"` : null;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">
    <table${look}>
      <thead>
        <tr>
          ${columns.map(head)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
