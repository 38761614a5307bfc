import type { ExceptionSummary } from "@holdfast/core";
import { printableText } from "../terminal/printable.ts";
import { countText } from "./count-text.ts";
import { placeText } from "./place-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** Shown at most where not all is asked for. */
const MOST = 5;

/** What a person must know of an exception; null where it applies and accepts something. */
function remark({ status, detail, accepts }: ExceptionSummary): string | null {
  if (status === undefined) return null;
  if (status === "active") return accepts > 0 ? null : "it accepts nothing now; `holdfast exceptions audit` says why";
  return `it does not apply: ${detail ?? "nobody knows why"}`;
}

/** The exceptions that do not do what their author may think: those that don't apply, and those that accept nothing. */
export function* exceptionLines(sheet: Sheet): Iterable<string> {
  const { exceptions } = sheet.result;
  const remarked = exceptions.flatMap((exception) => {
    const text = remark(exception);
    return text === null ? [] : [{ exception, text }];
  });
  if (remarked.length === 0) return;
  const idle = exceptions.filter(({ status }) => status !== "active" && status !== undefined).length;
  const about =
    idle === 0
      ? `${countText(remarked.length, "exception")} without effect`
      : `${idle} of ${countText(exceptions.length, "exception")} not applied`;
  yield* heading(sheet, "EXCEPTIONS", about, "yellow");
  const shown = sheet.verbose ? remarked : remarked.slice(0, MOST);
  for (const { exception, text } of shown) {
    const { id, file, line } = exception;
    if (file !== undefined) yield `  ${sheet.paint(placeText({ file, ...(line === undefined ? {} : { line }) }), "bold")}`;
    yield* prose(sheet, `${printableText(id)}: ${text}`, file === undefined ? 2 : 4, 2);
  }
  if (shown.length < remarked.length) yield* prose(sheet, `… and ${remarked.length - shown.length} more: --verbose shows all`, 2, 2, "dim");
}
