import { countText } from "./count-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

// A gate's message names the first facts.
const NAMED_BY_GATE = 3;
const SHOWN = 20;

/** The facts of the lock file that are not kept, where the gate does not name all of them. */
export function* ratchetLines(sheet: Sheet): Iterable<string> {
  const breaches = sheet.result.ratchet?.breaches ?? [];
  if (breaches.length <= NAMED_BY_GATE) return;
  yield* heading(sheet, "RATCHET", `${countText(breaches.length, "fact")} of ${sheet.result.ratchet?.file ?? ""} not kept`, "red");
  const shown = sheet.verbose ? breaches : breaches.slice(0, SHOWN);
  for (const { message } of shown) yield* prose(sheet, message, 2, 2);
  if (shown.length < breaches.length) yield `  and ${breaches.length - shown.length} more (--verbose lists them)`;
}
