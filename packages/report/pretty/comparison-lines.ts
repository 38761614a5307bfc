import { comparisonCounts, comparisonListing } from "../comparison/listing.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** How the findings compare with a baseline. */
export function* comparisonLines(sheet: Sheet): Iterable<string> {
  const { comparison } = sheet.result;
  if (comparison === undefined) return;
  const { file, time, ageDays, notes } = comparison.baseline;
  const age = time === undefined ? "of unknown age" : `of ${time}${ageDays === undefined ? "" : `, ${ageDays} days before this scan`}`;
  yield* heading(sheet, "COMPARED", `with ${file}, ${age}: ${comparisonCounts(comparison)}`);
  for (const note of notes) yield* prose(sheet, note, 2, 0, "dim");
  yield* comparisonListing(comparison, sheet);
}
