import type { ControlResult, Finding, ResourceSummary, Result, Severity, Verdict } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { printableText } from "../terminal/printable.ts";
import { skipText } from "../skip-text.ts";

/** The words of a PolicyReport (wgpolicyk8s.io/v1alpha2) for what became of a policy. */
export type Outcome = "pass" | "fail" | "warn" | "error" | "skip";

/** An item of a report's `results`. */
export interface ReportResult {
  readonly policy: string;
  readonly result: Outcome;
  readonly [key: string]: unknown;
}

// A list of resources that passed is cut into items of so many.
const RESOURCES_OF_ITEM = 200;

function severity(of: Severity): object {
  // The form has no word for what nobody has rated.
  return of === "unknown" ? {} : { severity: of };
}

function reference({ apiVersion, kind, namespace, name }: ResourceSummary): object {
  return {
    ...(apiVersion === "" ? {} : { apiVersion: apiVersion.toWellFormed() }),
    kind: kind.toWellFormed(),
    ...(namespace === "" ? {} : { namespace: namespace.toWellFormed() }),
    name: name.toWellFormed(),
  };
}

/** Makes the items of reports from the verdicts and findings of one result. */
export class ReportItems {
  readonly #result: Result;
  readonly #controls: ReadonlyMap<string, ControlResult>;
  readonly #always: object;

  constructor(result: Result) {
    this.#result = result;
    this.#controls = new Map(result.controls.map((control) => [control.id, control]));
    const seconds = result.time === undefined ? Number.NaN : Math.floor(Date.parse(result.time) / 1000);
    this.#always = { source: "holdfast", scored: true, ...(Number.isFinite(seconds) ? { timestamp: { seconds, nanos: 0 } } : {}) };
  }

  #of(control: string, result: Outcome, more: object): ReportResult {
    const known = this.#controls.get(control);
    const about = known === undefined ? {} : { category: known.category.toWellFormed(), ...severity(known.severity) };
    return { policy: control.toWellFormed(), ...about, result, ...more, ...this.#always };
  }

  /** A finding: `fail`, or `skip` where an exception accepts it. */
  finding(finding: Finding): ReportResult {
    const { control, rule, status, message, fixes, fingerprint, acceptedBy } = finding;
    const resource = this.#result.resources[finding.resource];
    const place = findingPlace(finding, this.#result);
    const exception = acceptedBy === undefined ? undefined : this.#result.exceptions[acceptedBy];
    const properties = {
      fingerprint,
      status,
      ...(place === null ? {} : { file: printableText(place.file) }),
      ...(place?.line === undefined ? {} : { line: String(place.line) }),
      fix: printableText(fixes.map(fixText).join("; ")),
      ...(exception === undefined ? {} : { exception: printableText(exception.id), reason: printableText(exception.reason) }),
      ...(exception?.expires === undefined ? {} : { expires: exception.expires }),
    };
    return this.#of(control, status === "open" ? "fail" : "skip", {
      rule: rule.toWellFormed(),
      message: printableText(message),
      ...(resource === undefined ? {} : { resources: [reference(resource)] }),
      properties,
    });
  }

  /** The verdicts without findings. Of those that passed, one item tells of many resources: an estate has far more of them than of anything else. */
  *verdicts(verdicts: readonly Verdict[]): Iterable<ReportResult> {
    const passed = verdicts.filter(({ status }) => status === "passed");
    for (const [control, own] of Map.groupBy(passed, (verdict) => verdict.control)) {
      const resources = own.flatMap(({ resource }) => (resource === null ? [] : (this.#result.resources[resource] ?? [])));
      if (resources.length === 0) yield this.#of(control, "pass", {});
      for (let from = 0; from < resources.length; from += RESOURCES_OF_ITEM) {
        yield this.#of(control, "pass", { resources: resources.slice(from, from + RESOURCES_OF_ITEM).map(reference) });
      }
    }
    for (const { control, resource, status, skip, problem } of verdicts) {
      if (status !== "skipped" && status !== "errored") continue;
      const known = resource === null ? undefined : this.#result.resources[resource];
      const about = known === undefined ? {} : { resources: [reference(known)] };
      const cause = problem === undefined ? "it could not be evaluated" : (this.#result.problems[problem]?.cause ?? "");
      const skips = skip === undefined ? (this.#controls.get(control)?.skips ?? []) : [skip];
      const message = status === "errored" ? cause : [...new Set(skips.map(skipText))].join("; ");
      yield this.#of(control, status === "errored" ? "error" : "skip", { message: printableText(message), ...about });
    }
  }

  /** What was lost or judged in part. */
  *problems(): Iterable<ReportResult> {
    for (const { code, subject, effect, cause, remedy } of this.#result.problems) {
      if (effect === "degraded") continue;
      const message = printableText(`${subject}: ${cause}`);
      const properties = { fix: printableText(remedy) };
      yield this.#of(code, effect === "lost" ? "error" : "warn", { category: "Holdfast", message, properties });
    }
  }
}
