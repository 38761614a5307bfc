import type { ControlResult, Result, Status } from "@holdfast/core";
import { objectSelection } from "../object-selection.ts";
import { coveredFiles } from "./covered-files.ts";
import { identityKey, type Looked, type ScanView, type ViewFinding } from "./scan-view.ts";

type Ungated = Omit<Result, "gates">;

/** Whether a control was judged: one without any object of its kinds was, since there was nothing to judge. */
function lookedAt(control: ControlResult): Looked {
  const { passed, failed, accepted, errored } = control.counts;
  if (passed + failed + accepted > 0) return { looked: true };
  if (errored > 0) return { looked: false, reason: "errored", why: `the evaluation of ${control.id} failed` };
  const skip = control.skips.find(({ reason }) => reason !== "no-match");
  if (skip === undefined) return { looked: true };
  const detail = skip.input ?? skip.detail;
  return {
    looked: false,
    reason: "not-judged",
    why: `${control.id} was skipped: ${skip.reason}${detail === undefined ? "" : ` (${detail})`}`,
  };
}

/** The verdicts of each control by the places of objects, made when they are first asked for. */
class Verdicts {
  readonly #result: Ungated;
  #byControl: ReadonlyMap<string, ReadonlyMap<number | null, Status>> | null = null;

  constructor(result: Ungated) {
    this.#result = result;
  }

  of(control: string): ReadonlyMap<number | null, Status> {
    if (this.#byControl === null) {
      const made = new Map<string, Map<number | null, Status>>();
      for (const verdict of this.#result.verdicts) {
        const own = made.get(verdict.control) ?? new Map<number | null, Status>();
        made.set(verdict.control, own);
        // A control that was skipped in part and failed in part has two verdicts as a whole: the failure says more.
        if (own.get(verdict.resource) !== "errored") own.set(verdict.resource, verdict.status);
      }
      this.#byControl = made;
    }
    return this.#byControl.get(control) ?? new Map();
  }
}

function digests(result: Ungated): (control: string, rule: string) => string | null {
  const byControl = new Map<string, Map<string, string>>();
  for (const { control, rule, digest } of result.receipts) {
    const own = byControl.get(control) ?? new Map<string, string>();
    byControl.set(control, own);
    own.set(rule, digest);
  }
  return (control, rule) => {
    const own = byControl.get(control);
    return own === undefined ? null : (own.get(rule) ?? "");
  };
}

/** A result of Holdfast as comparisons see it. */
export function resultView(result: Ungated): ScanView {
  const places = new Map<string, number[]>();
  for (const [place, resource] of result.resources.entries()) {
    const key = identityKey(resource);
    const own = places.get(key);
    if (own === undefined) places.set(key, [place]);
    else own.push(place);
  }
  const controls = new Map(result.controls.map((control) => [control.id, control]));
  const verdicts = new Verdicts(result);
  const selection = objectSelection(result.inputs);
  return {
    form: "holdfast",
    ...(result.time === undefined ? {} : { time: result.time }),
    notes: [],
    findings: result.findings.flatMap((finding): readonly ViewFinding[] => {
      const resource = result.resources[finding.resource];
      if (resource === undefined) return [];
      const { apiVersion, kind, namespace, name } = resource;
      const file = finding.source?.file ?? resource.file;
      const line = finding.source?.line ?? resource.line;
      const own = finding.paths.filter((path) => path.resource === undefined || path.resource === finding.resource);
      return [
        {
          fingerprint: finding.fingerprint,
          control: finding.control,
          rule: finding.rule,
          severity: finding.severity,
          status: finding.status,
          resource: { apiVersion, kind, namespace, name, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) },
          paths: [...new Set([...own.map(({ path }) => path), ...finding.fixes.flatMap(({ path }) => path ?? [])])],
          message: finding.message,
        },
      ];
    }),
    evaluated: result.summary.coverage !== null,
    roots: result.inputs.roots,
    ignored: result.inputs.account.ignored,
    control: (id) => {
      const control = controls.get(id);
      return control === undefined ? { looked: false, reason: "not-judged", why: `${id} was not among its controls` } : lookedAt(control);
    },
    verdict: (control, identity) => {
      const own = verdicts.of(control);
      let judged = false;
      for (const place of places.get(identity) ?? []) {
        const status = own.get(place);
        if (status === "errored" || (status === undefined && own.get(null) === "errored")) return "errored";
        judged ||= status !== undefined && status !== "skipped";
      }
      return judged ? "judged" : null;
    },
    hasResource: (identity) => places.has(identity),
    selection: selection?.text ?? null,
    leavesOut: (resource) => {
      if (selection === null) return false;
      const own = places.get(identityKey(resource));
      if (own !== undefined) return own.every((place) => result.resources[place]?.status === "skipped");
      // Of files everything is read, whatever is chosen of it.
      return result.inputs.kind === "cluster" && selection.mayLeaveOut(resource);
    },
    inputs: result.inputs,
    covers: coveredFiles(result.inputs),
    rule: digests(result),
  };
}
