import type { ControlResult, Finding, Problem, Result, Verdict } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { placeText } from "../pretty/place-text.ts";
import { resourceLabel } from "../resource-label.ts";
import { skipText } from "../skip-text.ts";

/** What became of a test: the element of JUnit's form that says so, and its texts. */
export interface TestOutcome {
  readonly element: "failure" | "error" | "skipped";
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/** One test. It passed where nothing is said. */
export interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly outcome?: TestOutcome;
}

function findingLine(finding: Finding, result: Result): string {
  const place = findingPlace(finding, result);
  const where = place === null ? "" : `${placeText(place)}: `;
  const accepted = finding.status === "accepted" ? " (accepted by an exception)" : "";
  return `${where}${finding.message}${accepted}\n  To do: ${finding.fixes.map(fixText).join("; ")}`;
}

function acceptedOutcome(findings: readonly Finding[], result: Result): TestOutcome {
  const places = new Set(findings.flatMap(({ acceptedBy }) => acceptedBy ?? []));
  const reasons = [...places].flatMap((place) => {
    const exception = result.exceptions[place];
    const until = exception?.expires === undefined ? "" : `, until ${exception.expires}`;
    return exception === undefined ? [] : [`${exception.id}${until}: ${exception.reason}`];
  });
  const text = findings.map((finding) => findingLine(finding, result)).join("\n");
  return { element: "skipped", type: "accepted", message: `accepted by ${reasons.join("; ") || "an exception"}`, text };
}

/** What is wrong with one resource by one control. */
function findingsOutcome(severity: string, findings: readonly Finding[], result: Result): TestOutcome {
  const open = findings.filter(({ status }) => status === "open");
  if (open.length === 0) return acceptedOutcome(findings, result);
  const text = findings.map((finding) => findingLine(finding, result)).join("\n");
  return { element: "failure", type: severity, message: open.map(({ message }) => message).join("; "), text };
}

function problemText({ cause, remedy }: Problem): string {
  return `${cause}\nTo do: ${remedy}`;
}

/** The outcome of a verdict without findings; undefined where it passed. */
function verdictOutcome({ status, skip, problem }: Verdict, control: ControlResult, result: Result): TestOutcome | undefined {
  if (status === "passed") return undefined;
  if (status === "errored") {
    const why = problem === undefined ? undefined : result.problems[problem];
    return {
      element: "error",
      type: why?.code ?? "errored",
      message: why?.cause ?? "it could not be evaluated",
      text: why === undefined ? "" : problemText(why),
    };
  }
  const skips = skip === undefined ? control.skips : [skip];
  const providers = skips.flatMap(({ providedBy }) => (providedBy === undefined ? [] : [`from ${providedBy}`]));
  const message = skips.map(skipText).join("; ") || status;
  return { element: "skipped", type: skips[0]?.reason ?? status, message, text: providers.join("\n") };
}

/** The tests of a control: one for each resource that it judged or should have judged, and one for the control where it judged none. */
export function* controlCases(
  control: ControlResult,
  verdicts: readonly Verdict[],
  findings: readonly Finding[],
  result: Result,
): Iterable<TestCase> {
  const classname = `holdfast.${control.id}`;
  const nameOf = (place: number | null): string => {
    const resource = place === null ? undefined : result.resources[place];
    if (resource === undefined) return `${control.id} ${control.name}`;
    const file = resource.file === undefined ? "" : ` (${placeText({ file: resource.file })})`;
    return `${control.id} ${control.name}: ${resourceLabel(resource)}${file}`;
  };
  for (const [place, own] of Map.groupBy(findings, ({ resource }) => resource)) {
    yield { name: nameOf(place), classname, outcome: findingsOutcome(control.severity, own, result) };
  }
  for (const verdict of verdicts) {
    // Verdicts with findings are among those above.
    if (verdict.status === "failed" || verdict.status === "accepted") continue;
    const outcome = verdictOutcome(verdict, control, result);
    yield { name: nameOf(verdict.resource), classname, ...(outcome === undefined ? {} : { outcome }) };
  }
}

/** The tests of the scan as a whole: whether there is data, whether everything could be read, and each gate. */
export function* scanCases({ summary, gates, problems }: Result): Iterable<TestCase> {
  const classname = "holdfast.scan";
  const noData: TestOutcome = { element: "error", type: "no-data", message: "no data: nothing could be judged", text: "" };
  yield { name: "anything could be judged", classname, ...(summary.coverage === null ? { outcome: noData } : {}) };
  for (const { gate, framework, outcome, message } of gates) {
    const name = `${gate}${framework === undefined ? "" : ` of ${framework}`}`;
    const element = outcome === "no-data" ? "error" : "failure";
    yield { name, classname, ...(outcome === "holds" ? {} : { outcome: { element, type: outcome, message, text: "" } }) };
  }
  for (const problem of problems) {
    const { code, subject, effect, cause, file, line, column } = problem;
    const place =
      file === undefined
        ? subject
        : placeText({ file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
    // What was judged in part or with less beside it did not fail: it is told, and no more.
    const element = effect === "lost" ? "error" : "skipped";
    yield { name: `${code}: ${place}`, classname, outcome: { element, type: code, message: cause, text: problemText(problem) } };
  }
}
