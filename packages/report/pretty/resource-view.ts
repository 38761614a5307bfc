import { compareSeverity, type Finding, type Result } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { resourceLabel } from "../resource-label.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import { countText } from "./count-text.ts";
import { findingLines } from "./finding-lines.ts";
import { placeText } from "./place-text.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { compareCounts, countSeverities, severityTable, severityText } from "./severity-table.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

// So many resources are shown, and of each so many findings.
const RESOURCES = 10;
const FINDINGS = 8;

function openBy<K>({ findings }: Result, keyOf: (finding: Finding) => K): readonly (readonly [K, readonly Finding[]])[] {
  const open = findings.filter(({ status }) => status === "open");
  return [...Map.groupBy(open, keyOf)].toSorted(([, a], [, b]) => compareCounts(countSeverities(a), countSeverities(b)));
}

/** A finding in one or two lines: how severe, which control, what is wrong, and where. */
function* briefLines(finding: Finding, names: ReadonlyMap<string, string>, sheet: Sheet): Iterable<string> {
  const { severity, control, message } = finding;
  const place = findingPlace(finding, sheet.result);
  const own = sheet.result.resources[finding.resource]?.file;
  // The file is named above, but for what stands in another.
  const where = place === null ? "" : place.file !== own ? `${placeText(place)}: ` : place.line === undefined ? "" : `line ${place.line}: `;
  const text = `${control} ${names.get(control) ?? ""}: ${where}${message}`;
  const [first = "", ...rest] = prose(sheet, text, 12, 2);
  yield `  ${sheet.paint(severity.padEnd(10), ...SEVERITY_STYLES[severity])}${first.slice(12)}`;
  yield* rest;
}

/** The resource, where it is, and how much was found. */
function* headLines(place: number, findings: readonly Finding[], sheet: Sheet): Iterable<string> {
  const resource = sheet.result.resources[place];
  const label = printableText(resourceLabel(resource)) || "(no name)";
  const file =
    resource?.file === undefined ? "" : placeText({ file: resource.file, ...(resource.line === undefined ? {} : { line: resource.line }) });
  if (displayWidth(label) + 2 + displayWidth(file) <= sheet.width && file !== "")
    yield `${sheet.paint(label, "bold")}  ${sheet.paint(file, "cyan")}`;
  else {
    yield* prose(sheet, label, 0, 2, "bold");
    if (file !== "") yield `  ${sheet.paint(file, "cyan")}`;
  }
  yield* prose(sheet, `${countText(findings.length, "finding")}: ${severityText(countSeverities(findings))}`, 2, 2, "dim");
}

/** What is wrong with each resource, the worst first; in full where everything is asked for. */
export function* byResourceLines(sheet: Sheet): Iterable<string> {
  const all = openBy(sheet.result, ({ resource }) => resource);
  const names = new Map(sheet.result.controls.map(({ id, name }) => [id, name]));
  const shown = sheet.verbose ? all : all.slice(0, RESOURCES);
  for (const [place, [resource, unsorted]] of shown.entries()) {
    const findings = unsorted.toSorted((a, b) => compareSeverity(a.severity, b.severity));
    if (place > 0) yield "";
    yield* headLines(resource, findings, sheet);
    const listed = sheet.verbose ? findings : findings.slice(0, findings.length === FINDINGS + 1 ? findings.length : FINDINGS);
    for (const finding of listed) {
      yield* briefLines(finding, names, sheet);
      if (!sheet.verbose) continue;
      yield "";
      yield* findingLines(finding, sheet);
      yield "";
    }
    const left = findings.length - listed.length;
    if (left > 0) yield* prose(sheet, `… ${countText(left, "more finding")}: --verbose shows all`, 2, 2, "dim");
  }
  const left = all.slice(shown.length);
  if (left.length === 0) return;
  const findings = left.reduce((sum, [, own]) => sum + own.length, 0);
  yield "";
  yield* prose(
    sheet,
    `… and ${countText(findings, "finding")} in ${countText(left.length, "more resource")}: --verbose shows all, --format json has all`,
    0,
    2,
    "dim",
  );
}

function namespaceText(namespace: string): string {
  return namespace === "" ? "(no namespace)" : namespace;
}

/** How much was found in each namespace, and by which controls. */
export function* byNamespaceLines(sheet: Sheet): Iterable<string> {
  const { resources, controls } = sheet.result;
  const all = openBy(sheet.result, ({ resource }) => resources[resource]?.namespace ?? "");
  if (all.length === 0) return;
  const names = new Map(controls.map(({ id, name }) => [id, name]));
  const of = Map.groupBy(resources, ({ namespace }) => namespace);
  const shown = sheet.verbose ? all : all.slice(0, 2 * RESOURCES);
  yield* heading(sheet, "NAMESPACES", `open findings in ${countText(all.length, "namespace")}`);
  yield* severityTable(
    sheet,
    shown.map(([namespace, findings]) => ({ name: namespaceText(namespace), counts: countSeverities(findings) })),
  );
  if (shown.length < all.length)
    yield* prose(sheet, `… and ${countText(all.length - shown.length, "more namespace")}: --verbose shows all`, 2, 2, "dim");
  for (const [namespace, findings] of shown.slice(0, sheet.verbose ? shown.length : RESOURCES)) {
    const failed = new Set(findings.map(({ resource }) => resource)).size;
    const total = of.get(namespace)?.length ?? failed;
    yield "";
    yield* prose(
      sheet,
      `${namespaceText(namespace)}: ${countText(findings.length, "finding")} in ${failed.toLocaleString("en-US")} of ${countText(total, "resource")}`,
      0,
      2,
      "bold",
    );
    const byControl = [...Map.groupBy(findings, ({ control }) => control)].toSorted(([, [a]], [, [b]]) =>
      compareSeverity(a?.severity ?? "unknown", b?.severity ?? "unknown"),
    );
    const listed = sheet.verbose ? byControl : byControl.slice(0, FINDINGS);
    for (const [control, own] of listed) {
      const severity = own[0]?.severity ?? "unknown";
      const [first = "", ...rest] = prose(sheet, `${control} ${names.get(control) ?? ""}: ${countText(own.length, "finding")}`, 12, 2);
      yield `  ${sheet.paint(severity.padEnd(10), ...SEVERITY_STYLES[severity])}${first.slice(12)}`;
      yield* rest;
    }
    const left = byControl.length - listed.length;
    if (left > 0) yield* prose(sheet, `… ${countText(left, "more control")}: --verbose shows all`, 2, 2, "dim");
  }
}

/** Where the rest is. */
export function objectNextLines(sheet: Sheet): readonly string[] {
  return prose(sheet, "`--view control` shows each finding with its code and fix, `--view security` the short overview.", 0, 2, "dim");
}
