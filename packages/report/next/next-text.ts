import type { Finding, NextStep, Result } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { countText } from "../pretty/count-text.ts";
import { diffListing } from "../pretty/diff-listing.ts";
import { placeText } from "../pretty/place-text.ts";
import { SEVERITY_STYLES } from "../pretty/severity-styles.ts";
import { resourceLabel } from "../resource-label.ts";
import type { Painter } from "../terminal/painter.ts";
import { printable, printableText } from "../terminal/printable.ts";
import { wrap } from "../terminal/wrap.ts";

/** What is to be done next, as it is shown. */
interface NextText extends Omit<NextStep, "edits"> {
  /** The command that proves it fixed. */
  readonly proof: string;
}

const SHOWN_EDITS = 5;
const SHOWN_CONTROLS = 5;

/** The edits of findings, each once, with the files that they are in; then what is to be done by hand. */
function* fixLines(findings: readonly Finding[], result: Result, paint: Painter): Iterable<string> {
  const seen = new Set<string>();
  for (const finding of findings) {
    const place = findingPlace(finding, result);
    const where = `${place === null ? "" : `${placeText(place)}  `}${printableText(resourceLabel(result.resources[finding.resource]))}`;
    const { edit } = finding;
    const text = edit === undefined ? finding.fixes.map(fixText).join("; ") : edit.diff;
    const key = JSON.stringify([edit?.file ?? where, edit?.replacements ?? text]);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > SHOWN_EDITS) continue;
    yield `  ${paint(where, "cyan")}`;
    if (edit === undefined) yield `    ${printable(text)}`;
    else {
      for (const line of diffListing(edit.diff, new Set())) {
        if (line.kind === "gap") continue;
        const sign = line.kind === "added" ? "+" : line.kind === "removed" ? "-" : " ";
        yield `    ${paint(`${sign} ${line.text}`, ...(sign === "+" ? (["green"] as const) : sign === "-" ? (["red"] as const) : []))}`;
      }
    }
  }
  if (seen.size > SHOWN_EDITS) yield `  and ${countText(seen.size - SHOWN_EDITS, "more edit")}`;
}

/** Why it is the most valuable: what it clears, breaks, and how long it stands open. */
function whyText({ findings, controls, breaks, ageDays }: NextText, open: number): string {
  const more = controls.length > SHOWN_CONTROLS ? ` and ${controls.length - SHOWN_CONTROLS} more` : "";
  const parts = [
    `clears ${findings.length} of ${countText(open, "open finding")} (${controls.slice(0, SHOWN_CONTROLS).join(", ")}${more})`,
  ];
  if (breaks.chains > 0) parts.push(`breaks ${countText(breaks.chains, "attack chain")} of ${countText(breaks.workloads, "object")}`);
  if (ageDays !== null) parts.push(`open for ${countText(ageDays, "day")} at least`);
  return parts.join("; ");
}

const HEADS: Readonly<Record<NextText["action"], string>> = {
  fix: "FIX",
  choose: "DECIDE AND FIX",
  none: "NO FIX KNOWN",
};

/** The next step for people: what, why, how, and the command that proves it. */
export function* nextText(
  step: NextText,
  result: Result,
  { width, paint }: { readonly width: number; readonly paint: Painter },
): Iterable<string> {
  const prints = new Set(step.findings);
  const findings = result.findings.filter(({ fingerprint }) => prints.has(fingerprint));
  const [worst] = findings;
  const control = result.controls.find(({ id }) => id === worst?.control);
  const room = Math.max(20, Math.min(width, 110) - 2);
  const title = `${step.severity.toUpperCase()}  ${worst?.control ?? ""} ${control?.name ?? ""}: ${worst?.message ?? ""}`;
  const [first = "", ...rest] = wrap(printableText(title), room);
  yield paint(first, ...SEVERITY_STYLES[step.severity]);
  for (const line of rest) yield `  ${line}`;
  for (const line of wrap(whyText(step, result.summary.findings), room)) yield `  ${line}`;
  yield "";
  yield paint(HEADS[step.action], "bold");
  yield* fixLines(findings, result, paint);
  yield "";
  yield paint("PROVE IT", "bold");
  // A command is copied: it is never broken.
  yield `  ${printable(step.proof)}`;
}
