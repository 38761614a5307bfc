import type { Finding } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { resourceLabel } from "../resource-label.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import { codeFrame, type ListingLine } from "./code-frame.ts";
import { diffListing } from "./diff-listing.ts";
import { listingLayout, listingLines } from "./listing-lines.ts";
import { placeText } from "./place-text.ts";
import { prose, type Sheet } from "./sheet.ts";

const INDENT = 4;

/** The place and the resource, on one line where they fit. A place is never broken: it is there to be clicked and copied. */
function* headLines(finding: Finding, sheet: Sheet): Iterable<string> {
  const place = findingPlace(finding, sheet.result);
  const label = printableText(resourceLabel(sheet.result.resources[finding.resource]));
  if (place === null) {
    yield* prose(sheet, label, 2, 2, "bold");
    return;
  }
  const where = placeText(place);
  if (2 + displayWidth(where) + 2 + displayWidth(label) <= sheet.width) {
    yield `  ${sheet.paint(where, "bold")}  ${sheet.paint(label, "cyan")}`;
    return;
  }
  yield `  ${sheet.paint(where, "bold")}`;
  yield* prose(sheet, label, INDENT, 0, "cyan");
}

/** What else takes part: "through RoleBinding shop/support (access.yaml:22)". What has a path of its own is named there. */
export function relatedText({ related, paths, source }: Finding, { result }: Pick<Sheet, "result">): string | null {
  const named = new Set(source === undefined ? paths.map(({ resource }) => resource) : []);
  const names = related.flatMap((place) => {
    const resource = result.resources[place];
    if (resource === undefined || named.has(place)) return [];
    const { file, line } = resource;
    const at = file === undefined ? "" : ` (${placeText({ file, ...(line === undefined ? {} : { line }) })})`;
    return [resourceLabel(resource) + at];
  });
  return names.length === 0 ? null : `through ${names.join(", ")}`;
}

/** A path for people. What takes part in a finding is `relatedObjects[N]` in paths of rules; here it is called by its name. */
export function pathText(path: string, { related }: Finding, { result }: Pick<Sheet, "result">): string {
  const match = /^relatedObjects\[(?<place>\d+)\]\.?(?<rest>.*)$/u.exec(path)?.groups;
  const resource = match === undefined ? undefined : result.resources[related[Number(match["place"])] ?? -1];
  return match === undefined || resource === undefined ? path : `${resourceLabel(resource)} ${match["rest"]}`.trimEnd();
}

/** That exceptions accept a finding in some frameworks, while others hold it open. */
function acceptedText({ status, acceptedIn = [] }: Finding, { result }: Sheet): string | null {
  if (status !== "open" || acceptedIn.length === 0) return null;
  const where = acceptedIn.map(({ framework, exception }) => `${framework} by ${result.exceptions[exception]?.id ?? "an exception"}`);
  return `accepted in ${where.join(", in ")}; open in the other frameworks`;
}

/** What is to be known of the place: the setting of the command line that feeds the field, and why the line may be another. */
function* placeNotes({ source }: Finding, sheet: Sheet): Iterable<string> {
  if (source?.feeds !== undefined && source.feeds.file === undefined)
    yield* prose(sheet, `the value ${source.feeds.path} of the command line feeds this field`, INDENT, 2, "dim");
  if (source?.reason !== undefined) yield* prose(sheet, `the place is approximate: ${source.reason}`, INDENT, 2, "yellow");
}

/** The offending values and paths, where no code shows them. */
function* evidenceLines(finding: Finding, sheet: Sheet): Iterable<string> {
  const { evidence, paths, source } = finding;
  if (source?.exact === true && !sheet.verbose) return;
  for (const { path, value } of evidence) yield* prose(sheet, `${pathText(path, finding, sheet)} is ${value}`, INDENT, 2, "dim");
  if (evidence.length > 0 || source !== undefined) return;
  for (const { path, kind, resource, file, line, column } of paths) {
    if (kind === "delete") continue;
    const owner = resource === undefined ? "" : `${resourceLabel(sheet.result.resources[resource])} `;
    const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
    const at = file === undefined ? "" : ` (${placeText({ file, ...place })})`;
    yield* prose(sheet, `${kind === "review" ? "to review:" : "at"} ${owner}${pathText(path, finding, sheet)}${at}`, INDENT, 2, "dim");
  }
}

/** The changes: as a diff where there is a text edit, else in words; and what a person must decide. */
function* fixLines(finding: Finding, diff: readonly ListingLine[], sheet: Sheet): Iterable<string> {
  for (const fix of finding.fixes) {
    if (diff.length > 0 && (fix.kind === "set" || fix.kind === "remove")) continue;
    const [first, ...words] = fixText(fix).split(" ");
    const label = fix.kind === "choose" ? "decide:" : fix.kind === "none" ? "no fix" : `fix: ${first}`;
    const rest = fix.kind === "none" ? fixText(fix).replace("no fix ", "") : words.join(" ");
    yield* prose(sheet, `${label} ${rest}`, INDENT, 2);
  }
}

/** A finding in full: place, resource, message, code with the offending lines marked, and the fix. */
export function* findingLines(finding: Finding, sheet: Sheet): Iterable<string> {
  yield* headLines(finding, sheet);
  yield* prose(sheet, finding.message, INDENT);
  const related = relatedText(finding, sheet);
  if (related !== null) yield* prose(sheet, related, INDENT, 2, "dim");
  const commit = finding.source?.commit;
  if (commit !== undefined)
    yield* prose(
      sheet,
      `last changed by ${commit.author} on ${commit.date.slice(0, 10)} in ${commit.hash.slice(0, 12)}: ${commit.summary}`,
      INDENT,
      2,
      "dim",
    );
  const accepted = acceptedText(finding, sheet);
  if (accepted !== null) yield* prose(sheet, accepted, INDENT, 2, "yellow");
  yield* evidenceLines(finding, sheet);
  yield* placeNotes(finding, sheet);

  const frame = finding.source === undefined ? [] : codeFrame(finding.source);
  const shown = new Set(frame.flatMap(({ number }) => number ?? []));
  const diff = finding.edit === undefined ? [] : diffListing(finding.edit.diff, shown);
  const layout = listingLayout([frame, diff], 2, sheet.width);
  if (frame.length > 0) {
    yield "";
    yield* listingLines(frame, layout, sheet.paint);
  }
  if (diff.length > 0) {
    const elsewhere = finding.edit !== undefined && finding.source !== undefined && finding.edit.file !== finding.source.file;
    yield "";
    yield `    ${sheet.paint("fix:", "bold")}${elsewhere ? ` ${placeText({ file: finding.edit.file })}` : ""}`;
    yield* listingLines(diff, layout, sheet.paint);
  }
  const words = [...fixLines(finding, diff, sheet)];
  if (words.length > 0 && frame.length + diff.length > 0) yield "";
  yield* words;
}

/** A finding in short: place and message, and the resource where the message does not name it; on one line where they fit. */
export function findingSummary(finding: Finding, sheet: Sheet): readonly string[] {
  const place = findingPlace(finding, sheet.result);
  const resource = sheet.result.resources[finding.resource];
  const named =
    resource !== undefined && resource.name !== "" && finding.message.includes(resource.kind) && finding.message.includes(resource.name);
  const what = printableText(named ? finding.message : `${resourceLabel(resource)}: ${finding.message}`);
  if (place === null) return prose(sheet, what, INDENT, 2);
  const where = placeText(place);
  if (INDENT + displayWidth(where) + 2 + displayWidth(what) <= sheet.width) return [`${" ".repeat(INDENT)}${where}  ${what}`];
  return [`${" ".repeat(INDENT)}${where}`, ...prose(sheet, what, INDENT + 2)];
}
