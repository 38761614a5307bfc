import type { Finding, Result } from "@holdfast/core";
import { fixText } from "../fix-text.ts";
import { resourceLabel } from "../resource-label.ts";
import { Artifacts, objectLocation, placeLocation, sourceLocation } from "./locations.ts";
import { LEVELS } from "./rules.ts";

/**
 * A text as a SARIF message (3.11), in which `[a](b)` is a link and `{0}` a placeholder. Only what would be read as one is changed: viewers show the rest as it
 * stands.
 */
export function messageText(text: string): string {
  const linked = /\]\(/u.test(text) ? text.replaceAll(/[[\]\\]/gu, String.raw`\$&`) : text;
  return linked.replaceAll(/\{(\d+)\}/gu, "{{$1}}");
}

/** A text with a stop at its end, where it has none. */
function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

function message(finding: Finding, control: string, result: Result): { readonly text: string } {
  const label = resourceLabel(result.resources[finding.resource]);
  const what = finding.message === "" ? control : finding.message;
  const fixes = finding.fixes.map(fixText).join("; ");
  return { text: messageText(`${label === "" ? "" : `${label}: `}${sentence(what)} To do: ${sentence(fixes)}`) };
}

/** Where the finding is: its source, else the first place of a path or of an object that takes part, and always the Kubernetes object. */
function locations(finding: Finding, result: Result, artifacts: Artifacts): readonly object[] {
  const resource = result.resources[finding.resource];
  const candidates = [
    ...finding.paths,
    ...(resource === undefined ? [] : [resource]),
    ...finding.related.flatMap((place) => result.resources[place] ?? []),
  ];
  let physicalLocation = finding.source === undefined ? null : sourceLocation(finding.source, artifacts);
  for (const candidate of finding.source === undefined ? candidates : []) {
    physicalLocation ??= placeLocation(candidate, artifacts);
  }
  const objects = resource === undefined ? [] : [objectLocation(resource)];
  if (physicalLocation === null && objects.length === 0) return [];
  return [{ ...(physicalLocation === null ? {} : { physicalLocation }), ...(objects.length === 0 ? {} : { logicalLocations: objects }) }];
}

/** The further places of a finding: those of its paths but the one that its source names, and the objects that take part. */
function relatedLocations(finding: Finding, result: Result, artifacts: Artifacts): readonly object[] {
  const { source } = finding;
  const seen = new Set(source === undefined ? [] : [`${source.file}:${source.line}:${source.column}`]);
  const places: object[] = [];
  const add = (text: string, physicalLocation: object, object?: object): void => {
    const about = object === undefined ? {} : { logicalLocations: [object] };
    places.push({ id: places.length + 1, message: { text: messageText(text) }, physicalLocation, ...about });
  };
  for (const { path, kind, file, line, column } of finding.paths) {
    const key = `${file}:${line}:${column}`;
    const location =
      file === undefined || seen.has(key) ? null : placeLocation({ file, ...(line && { line }), ...(column && { column }) }, artifacts);
    if (location === null) continue;
    seen.add(key);
    add(`${kind}: ${path}`, location);
  }
  for (const place of finding.related) {
    const resource = result.resources[place];
    const location = resource === undefined ? null : placeLocation(resource, artifacts);
    if (resource !== undefined && location !== null) {
      add(`takes part: ${resourceLabel(resource)}`, location, objectLocation(resource));
    }
  }
  return places;
}

/** The text edit as SARIF's fix (3.55). */
function fixes({ edit, fixes }: Finding, artifacts: Artifacts): readonly object[] {
  const artifactLocation = edit === undefined ? null : artifacts.of(edit.file);
  if (edit === undefined || edit.replacements.length === 0 || artifactLocation === null) return [];
  const replacements = edit.replacements.map(({ text, ...deletedRegion }) => ({
    deletedRegion,
    ...(text === "" ? {} : { insertedContent: { text } }),
  }));
  const applied = fixes.filter(({ kind }) => kind === "set" || kind === "remove").map(fixText);
  return [
    {
      ...(applied.length === 0 ? {} : { description: { text: messageText(applied.join("; ")) } }),
      artifactChanges: [{ artifactLocation, replacements }],
    },
  ];
}

/** The exception that accepts a finding, as SARIF's suppressions (3.35). */
function suppressions({ status, acceptedBy }: Finding, result: Result, artifacts: Artifacts): readonly object[] {
  if (status !== "accepted") return [];
  const exception = acceptedBy === undefined ? undefined : result.exceptions[acceptedBy];
  const physicalLocation = exception === undefined ? null : placeLocation(exception, artifacts);
  return [
    {
      kind: "external",
      status: "accepted",
      ...(exception === undefined ? {} : { justification: exception.reason }),
      ...(physicalLocation === null ? {} : { location: { physicalLocation } }),
      ...(exception === undefined
        ? {}
        : { properties: { exception: exception.id, ...(exception.expires === undefined ? {} : { expires: exception.expires }) } }),
    },
  ];
}

/** Writes findings of one result as SARIF's results (3.27). */
export class ResultWriter {
  readonly #result: Result;
  readonly #artifacts: Artifacts;
  readonly #ruleIndex: ReadonlyMap<string, number>;
  /** Where one result says what suppresses it, all must (3.27.23). */
  readonly #suppresses: boolean;

  constructor(result: Result, sourcePrefix: string) {
    this.#result = result;
    this.#artifacts = new Artifacts(sourcePrefix);
    this.#ruleIndex = new Map(result.controls.map(({ id }, index) => [id, index]));
    this.#suppresses = result.exceptions.length > 0 || result.findings.some(({ status }) => status === "accepted");
  }

  /** The SARIF result of a finding. */
  write(finding: Finding): object {
    const { control, rule, severity, fingerprint, paths, evidence, source } = finding;
    const ruleIndex = this.#ruleIndex.get(control);
    const places = locations(finding, this.#result, this.#artifacts);
    const related = relatedLocations(finding, this.#result, this.#artifacts);
    const edits = fixes(finding, this.#artifacts);
    return {
      ruleId: control,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      level: LEVELS[severity],
      message: message(finding, this.#result.controls[ruleIndex ?? -1]?.name ?? control, this.#result),
      ...(places.length === 0 ? {} : { locations: places }),
      ...(related.length === 0 ? {} : { relatedLocations: related }),
      partialFingerprints: { "holdfast/v1": fingerprint },
      ...(edits.length === 0 ? {} : { fixes: edits }),
      ...(this.#suppresses ? { suppressions: suppressions(finding, this.#result, this.#artifacts) } : {}),
      properties: {
        rule,
        severity,
        ...(paths.length === 0 ? {} : { paths: paths.map(({ path, kind }) => ({ path, kind })) }),
        ...(evidence.length === 0 ? {} : { evidence }),
        ...(source?.commit === undefined ? {} : { lastCommit: source.commit }),
      },
    };
  }
}
