import type { ComparedFinding, Comparison } from "@holdfast/core";
import { SEVERITY_STYLES } from "../pretty/severity-styles.ts";
import { countText } from "../pretty/count-text.ts";
import { printableText } from "../terminal/printable.ts";
import type { Painter } from "../terminal/painter.ts";
import { wrap } from "../terminal/wrap.ts";

type Status = ComparedFinding["status"];

/** What a comparison is listed with. */
export interface ListingOptions {
  readonly width: number;
  readonly paint: Painter;
  /** All findings; else unchanged and accepted ones are only counted, and of the others the first. */
  readonly verbose: boolean;
}

const HEADS: Readonly<Record<Status, string>> = {
  new: "NEW",
  incomparable: "INCOMPARABLE",
  resolved: "RESOLVED",
  accepted: "ACCEPTED",
  unchanged: "UNCHANGED",
};

const LISTED: ReadonlySet<Status> = new Set(["new", "incomparable", "resolved"]);
const FIRST = 20;

/** "2 new, 1 resolved, 140 unchanged, 3 accepted, 4 incomparable". */
export function comparisonCounts({ counts }: Pick<Comparison, "counts">): string {
  const order = ["new", "resolved", "unchanged", "accepted", "incomparable"] as const;
  return order.map((status) => `${counts[status].toLocaleString("en-US")} ${status}`).join(", ");
}

/** A finding of a comparison as a person finds it again: control, object, place and what is said of it. */
export function comparedLabel({ control, resource, message, why, was, status, path }: ComparedFinding): string {
  const { kind, namespace, name, file, line } = resource;
  const place = file === undefined ? "" : ` (${file}${line === undefined ? "" : `:${line}`})`;
  const at = file === undefined && path !== undefined ? ` at ${path}` : "";
  const before = status === "new" && was === "accepted" ? "; it was accepted before" : "";
  return `${control} ${kind} ${namespace === "" ? "" : `${namespace}/`}${name}${place}${at}: ${why ?? message}${before}`;
}

/** Lists a comparison by status, the worst findings first. */
export function* comparisonListing(comparison: Comparison, { width, paint, verbose }: ListingOptions): Iterable<string> {
  for (const status of ["new", "incomparable", "resolved", "accepted", "unchanged"] as const) {
    const own = comparison.findings.filter((finding) => finding.status === status);
    if (own.length === 0 || (!verbose && !LISTED.has(status))) continue;
    yield `${paint(HEADS[status], "bold")}  ${countText(own.length, "finding")}`;
    const shown = verbose ? own : own.slice(0, FIRST);
    for (const finding of shown) {
      const [first = "", ...rest] = wrap(printableText(comparedLabel(finding)), Math.max(20, width - 12));
      yield `  ${paint(finding.severity.padEnd(8), ...SEVERITY_STYLES[finding.severity])}  ${first}`;
      for (const line of rest) yield `            ${line}`;
    }
    if (shown.length < own.length) yield `  and ${own.length - shown.length} more (--verbose lists them)`;
  }
}
