/** A document's part of a file: from its marker (or the start) up to the next marker. */
export interface DocumentSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text of many YAML documents at its `---` lines, without parsing it, so that a fault in one document leaves the others readable.
 * This is exact: three dashes at the start of a line, followed by white space, always begin a document; no scalar may hold such a line
 * (YAML 1.2.2, `c-forbidden`). Directives (`%YAML`) go with the marker that follows them.
 */
export function splitDocuments(text: string): DocumentSpan[] {
  const spans: DocumentSpan[] = [];
  let start = 0;
  let from = 0;
  for (;;) {
    const marker = nextMarker(text, from);
    if (marker === -1) break;
    const cut = startOfDirectives(text, marker, start);
    if (cut > start) spans.push({ start, end: cut });
    start = cut;
    from = marker + 3;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** The offset of the next line that begins with a marker, from an offset on. */
function nextMarker(text: string, from: number): number {
  if (from === 0 && isMarker(text, 0)) return 0;
  for (let at = text.indexOf("---", from); at !== -1; at = text.indexOf("---", at + 3)) {
    // A run of dashes is skipped as a whole by its start only: `-----` is no marker.
    if (isLineStart(text, at) && isMarker(text, at)) return at;
  }
  return -1;
}

function isLineStart(text: string, at: number): boolean {
  const before = text[at - 1];
  return before === undefined || before === "\n" || before === "\r" || (before === "\uFEFF" && at === 1);
}

function isMarker(text: string, at: number): boolean {
  if (!text.startsWith("---", at)) return false;
  const after = text[at + 3];
  return after === undefined || after === "\n" || after === "\r" || after === " " || after === "\t";
}

/** Where the lines of directives and comments before a marker begin; the marker itself where there is no directive. */
function startOfDirectives(text: string, marker: number, floor: number): number {
  let cut = marker;
  let lineStart = marker;
  while (lineStart > floor) {
    const previous = text.lastIndexOf("\n", lineStart - 2) + 1;
    const line = text.slice(Math.max(previous, floor), lineStart);
    if (line.startsWith("%")) cut = Math.max(previous, floor);
    else if (!/^\s*(?:#|$)/u.test(line)) break;
    lineStart = previous;
  }
  return cut;
}
