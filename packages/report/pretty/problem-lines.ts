import type { Problem } from "@holdfast/core";
import { printableText } from "../terminal/printable.ts";
import { countText } from "./count-text.ts";
import { placeText } from "./place-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** What a problem took, in words. */
export const EFFECTS: Readonly<Record<Problem["effect"], string>> = {
  lost: "not judged",
  partial: "judged in part",
  degraded: "judged, with less beside it",
};
const ORDER: readonly Problem["effect"][] = ["lost", "partial", "degraded"];
// Shown of each code.
const MOST = 5;

/** The problem's place and cause; the cause is left out where the next one has the same. */
function* placeLines(sheet: Sheet, problem: Problem, next: Problem | undefined): Iterable<string> {
  const { file, line, column, subject, cause } = problem;
  const place =
    file === undefined
      ? printableText(subject)
      : placeText({ file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
  const beside = file === undefined || subject === file ? "" : `${subject}: `;
  yield `  ${sheet.paint(place, "bold")}`;
  if (beside !== "" || next === undefined || next.cause !== cause) yield* prose(sheet, `${beside}${cause}`, 4);
}

function* codeLines(sheet: Sheet, code: string, problems: readonly Problem[]): Iterable<string> {
  const [first] = problems;
  if (first === undefined) return;
  const times = problems.length === 1 ? "" : `, ${problems.length.toLocaleString("en-US")} times`;
  yield `${sheet.paint(printableText(code), first.effect === "lost" ? "red" : "yellow", "bold")} ${sheet.paint(`(${EFFECTS[first.effect]}${times})`, "dim")}`;
  const shown = sheet.verbose ? problems : problems.slice(0, MOST);
  for (const [i, problem] of shown.entries()) yield* placeLines(sheet, problem, shown[i + 1]);
  if (shown.length < problems.length)
    yield* prose(sheet, `… and ${(problems.length - shown.length).toLocaleString("en-US")} more: --verbose shows all`, 2, 2, "dim");
  yield* prose(sheet, `To do: ${first.remedy}`, 2, 2);
}

/** What was lost and why, the worst first, each code with its remedy. */
export function* problemLines(sheet: Sheet): Iterable<string> {
  const { problems } = sheet.result;
  if (problems.length === 0) return;
  const lost = problems.filter(({ effect }) => effect === "lost").length;
  const head =
    lost > 0 ? `${countText(lost, "loss", "losses")}: what is named here was not judged` : "none of them kept anything from being judged";
  yield* heading(sheet, "PROBLEMS", head, lost > 0 ? "red" : "yellow");
  const byCode = Map.groupBy(problems, ({ code }) => code);
  const sorted = [...byCode].toSorted(
    ([, [a]], [, [b]]) => ORDER.indexOf(a?.effect ?? "degraded") - ORDER.indexOf(b?.effect ?? "degraded"),
  );
  for (const [code, list] of sorted) {
    yield "";
    yield* codeLines(sheet, code, list);
  }
}
