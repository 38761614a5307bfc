import { printable } from "../terminal/printable.ts";

/** A place as terminals and editors understand it, to be opened with a click: `file:line:column`. */
export function placeText({ file, line, column }: { readonly file: string; readonly line?: number; readonly column?: number }): string {
  const name = file === "-" ? "<standard input>" : printable(file);
  return `${name}${line === undefined ? "" : `:${line}${column === undefined ? "" : `:${column}`}`}`;
}
