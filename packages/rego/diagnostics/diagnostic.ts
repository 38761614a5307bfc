import { catalogue, type CatalogueEntry, type DiagnosticCode, type DiagnosticKind } from "./catalogue.ts";
import { positionAt } from "./line-table.ts";

/** One message about a Rego source. Lines and columns count from 1, columns in characters (code points); the end is the place after the last character. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** Its entry in the catalogue. */
  readonly kind: DiagnosticKind;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What to do in this very case, where that can be said more exactly than in the catalogue. */
  readonly hint?: string;
}

/** Where a diagnostic is: any parsed module fits as `source`. */
export interface DiagnosticPlace {
  readonly file: string;
  readonly source: string;
}

/** Makes a diagnostic of `kind` for the stretch `span` (UTF-16 offsets) of a source; its code comes from the catalogue. */
export function makeDiagnostic(
  kind: DiagnosticKind,
  message: string,
  place: DiagnosticPlace,
  span: { readonly start: number; readonly end: number },
  extra: { readonly hint?: string; readonly severity?: "error" | "warning" } = {},
): Diagnostic {
  const entry: CatalogueEntry = catalogue[kind];
  const from = positionAt(place.source, span.start);
  const to = positionAt(place.source, Math.max(span.start, span.end));
  return {
    code: entry.code,
    kind,
    severity: extra.severity ?? "error",
    message,
    file: place.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(extra.hint === undefined ? {} : { hint: extra.hint }),
  };
}
