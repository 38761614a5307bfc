// What the page's script is given: findings with the texts that it shows, and what they are filtered by.
import type { Finding, Result, Severity, Source } from "@holdfast/core";
import { fixText } from "../fix-text.ts";
import { partlyAcceptedText } from "../document-facts.ts";
import { findingPlace } from "../finding-place.ts";
import { pathText, relatedText } from "../pretty/finding-lines.ts";
import { placeText } from "../pretty/place-text.ts";
import { resourceLabel } from "../resource-label.ts";

/** A control that findings name. */
export interface PageControl {
  readonly id: string;
  readonly name: string;
  /** Ids of the frameworks that it belongs to. */
  readonly frameworks: readonly string[];
}

/** A resource that findings name. */
export interface PageResource {
  /** As `Deployment shop/catalog`. */
  readonly label: string;
  readonly kind: string;
  /** Empty where it has none. */
  readonly namespace: string;
}

/** What accepted a finding. */
export interface PageException {
  readonly id: string;
  readonly reason: string;
  readonly expires: string | null;
}

/** A value or path, with what is to be said of it. */
export interface PageEvidence {
  readonly path: string;
  /** The offending value; null where the path alone is the evidence. */
  readonly value: string | null;
  /** Where the path stands, as `file:line:column`; null where the finding's own place says it. */
  readonly place: string | null;
}

/** Lines of code with what is wrong in them. */
export interface PageCode {
  readonly text: string;
  /** The number of the first line. */
  readonly line: number;
  /** What to mark: from a line and column up to, not including, another; null where only the line is known. */
  readonly mark: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number } | null;
  /** The first and the last line to look at. */
  readonly at: number;
  readonly to: number;
}

/** A finding as the page shows it. Controls, resources and exceptions are places in the lists of `PageIndex`. */
export interface PageFinding {
  readonly control: number;
  readonly resource: number;
  readonly severity: Severity;
  readonly status: "open" | "accepted";
  readonly message: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** As `file:line:column`; empty where it stands in no file. */
  readonly place: string;
  readonly related: string | null;
  readonly evidence: readonly PageEvidence[];
  readonly code: PageCode | null;
  /** What to do, in sentences without a full stop. */
  readonly fixes: readonly string[];
  /** Whether there is something to do: false where no fix can be derived. */
  readonly fixable: boolean;
  readonly edit: { readonly file: string; readonly diff: string } | null;
  readonly noEdit: string | null;
  /** What else is to be said: why the place is approximate, which value feeds the field, in which frameworks it is accepted. */
  readonly notes: readonly string[];
  readonly exception: number | null;
}

/** What findings refer to. */
export interface PageIndex {
  /** What to say where there are no findings at all. */
  readonly none: string;
  readonly controls: readonly PageControl[];
  readonly resources: readonly PageResource[];
  readonly exceptions: readonly PageException[];
  /** The names of frameworks by id, of those that controls name. */
  readonly frameworks: readonly (readonly [id: string, name: string])[];
}

/** The index of a result: all controls, resources and exceptions, in the result's order. */
export function pageIndex(result: Result, none: string): PageIndex {
  const { controls, resources, exceptions, frameworks } = result;
  const asked = new Map<string, Set<string>>();
  for (const { id, controls } of frameworks) {
    for (const control of controls) asked.set(control, (asked.get(control) ?? new Set()).add(id));
  }
  const names = new Map(frameworks.map(({ id, name }) => [id, name]));
  const all = controls.map(({ id, name, frameworks }) => ({
    id,
    name,
    frameworks: [...new Set([...(asked.get(id) ?? []), ...frameworks])],
  }));
  // Where frameworks were asked for they are what the reader knows; the library's others would bury them.
  const known = frameworks.length > 0 ? [...names.keys()] : [...new Set(all.flatMap(({ frameworks }) => frameworks))].toSorted();
  return {
    none,
    controls: all,
    resources: resources.map((resource) => ({ label: resourceLabel(resource), kind: resource.kind, namespace: resource.namespace })),
    exceptions: exceptions.map(({ id, reason, expires }) => ({ id, reason, expires: expires ?? null })),
    frameworks: known.map((id) => [id, names.get(id) ?? id]),
  };
}

// What stands for a secret in an excerpt.
const MASK = "•••";

/** What of the code to mark. What is masked has another length than the secret, so only the mask itself is marked then, and nothing behind it. */
function markOf({ line, column, endLine, endColumn, exact, excerpt }: Source): PageCode["mark"] {
  if (!exact || endLine === undefined || endColumn === undefined) return null;
  const mask = (excerpt.text.split("\n")[line - excerpt.line] ?? "").indexOf(MASK);
  if (mask !== -1 && mask < column - 1) return null;
  if (mask === column - 1) return { line, column, endLine: line, endColumn: column + MASK.length };
  return { line, column, endLine, endColumn };
}

function codeOf(source: Source): PageCode {
  const { line, endLine, excerpt, exact } = source;
  return { text: excerpt.text, line: excerpt.line, mark: markOf(source), at: line, to: exact ? (endLine ?? line) : line };
}

function evidenceOf(finding: Finding, result: Result): readonly PageEvidence[] {
  const sheet = { result };
  const values = finding.evidence.map(({ path, value }) => ({ path: pathText(path, finding, sheet), value, place: null }));
  const told = new Set(finding.evidence.map(({ path }) => path));
  const paths = finding.paths.flatMap(({ path, resource, file, line, column }) => {
    if (told.has(path)) return [];
    const owner = resource === undefined ? "" : `${resourceLabel(result.resources[resource])} `;
    const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
    return [
      { path: `${owner}${pathText(path, finding, sheet)}`, value: null, place: file === undefined ? null : placeText({ file, ...place }) },
    ];
  });
  return [...values, ...paths];
}

function notesOf(finding: Finding, result: Result): readonly string[] {
  const { reason, feeds } = finding.source ?? {};
  const accepted = partlyAcceptedText(finding, result);
  return [
    ...(accepted === null ? [] : [accepted]),
    ...(feeds === undefined
      ? []
      : [`the value ${feeds.path}${feeds.file === undefined ? " of the command line" : ` of ${feeds.file}`} feeds this field`]),
    ...(reason === undefined ? [] : [`the place is approximate: ${reason}`]),
  ];
}

/** The writer of a result's findings for the page. */
export function pageFindings(result: Result): (finding: Finding) => PageFinding {
  const controls = new Map(result.controls.map(({ id }, place) => [id, place]));
  return (finding) => {
    const place = findingPlace(finding, result);
    return {
      control: controls.get(finding.control) ?? -1,
      resource: finding.resource,
      severity: finding.severity,
      status: finding.status,
      message: finding.message,
      rule: finding.rule,
      fingerprint: finding.fingerprint,
      place: place === null ? "" : placeText(place),
      related: relatedText(finding, { result }),
      evidence: evidenceOf(finding, result),
      code: finding.source === undefined ? null : codeOf(finding.source),
      fixes: finding.fixes.map(fixText),
      fixable: finding.fixes.some(({ kind }) => kind !== "none"),
      edit: finding.edit === undefined ? null : { file: finding.edit.file, diff: finding.edit.diff },
      noEdit: finding.noEdit ?? null,
      notes: notesOf(finding, result),
      exception: finding.acceptedBy ?? null,
    };
  };
}
