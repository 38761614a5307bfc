import type { Result } from "@holdfast/core";
import { scopeName } from "../document-facts.ts";
import { acceptedSection, findingsSection } from "./findings.ts";
import { limitsSection } from "./limits.ts";
import { coverPage, methodSection, scopeSection } from "./opening.ts";
import { Paper } from "./paper.ts";
import { cutText } from "./paper-text.ts";
import { resultsSection } from "./results.ts";

/** How many lines the contents may have: the fixed ones, and one for each framework. */
function contentsLines({ frameworks }: Result): number {
  return 17 + frameworks.length;
}

/** The time of a result; null where it has none, or something that is no time. */
function timeOf(time: string | undefined): Date | null {
  const read = new Date(time ?? Number.NaN);
  return Number.isNaN(read.getTime()) ? null : read;
}

/** An auditor's document of a result, as the bytes of a PDF. The same result gives the same bytes: its date is the result's, and it has none where the result has none. */
export function* pdfDocument(result: Result): Iterable<Uint8Array> {
  const scope = scopeName(result);
  const paper = new Paper({
    title: cutText(`Kubernetes security report: ${scope}`, 200),
    subject: "What a scan by Holdfast found, and what it could not know",
    creator: `Holdfast ${result.tool.version}`,
    time: timeOf(result.time),
  });
  coverPage(paper, result);
  const writeContents = paper.reserveContents(contentsLines(result));
  paper.newPage();
  scopeSection(paper, result);
  methodSection(paper);
  limitsSection(paper, result);
  resultsSection(paper, result);
  findingsSection(paper, result);
  acceptedSection(paper, result);
  writeContents();
  yield* paper.finish(`Kubernetes security report: ${scope}`);
}
