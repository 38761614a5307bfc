import { groupOf, type ControlResult, type Finding, type ResourceSummary, type Result } from "@holdfast/core";
import { normalPath } from "../baseline/covered-files.ts";
import { objectSelection } from "../object-selection.ts";
import { DEFAULTS, EVERYTHING, factKey, OBJECTS, PARAMETERS, SELECTION, wordText, type LockFact } from "./lock-fact.ts";

type Ungated = Omit<Result, "gates">;

/** How much of a control was judged: all that this kind of input can answer, a part of it, or nothing (null). */
function judgedLevel({ counts, skips }: ControlResult): "whole" | "part" | null {
  if (counts.passed + counts.failed + counts.accepted === 0) return null;
  const less = counts.errored > 0 || skips.some(({ reason }) => reason === "needs-input" || reason === "excluded");
  return less ? "part" : "whole";
}

function covered(subject: string): LockFact {
  return { subject, fact: "covered", value: "" };
}

/**
 * The compliance of a control as a framework has it, where exceptions for that framework alone make it another one: resources that they accept count on neither side.
 * Null where it is the control's own, or where nothing counts.
 */
function complianceIn(framework: string, control: ControlResult, findings: readonly Finding[]): number | null {
  const accepts = ({ status, acceptedIn = [] }: Finding): boolean =>
    status === "accepted" || acceptedIn.some((one) => one.framework === framework);
  let released = 0;
  for (const own of Map.groupBy(findings, ({ resource }) => resource).values()) {
    if (own.some(({ status }) => status === "open") && own.every(accepts)) released++;
  }
  const { passed, failed } = control.counts;
  const counted = passed + failed - released;
  return released === 0 || counted === 0 ? null : (100 * passed) / counted;
}

function controlFacts(control: ControlResult, frameworks: readonly string[], findings: readonly Finding[]): readonly LockFact[] {
  const level = judgedLevel(control);
  if (level === null) return [];
  const subject = `control ${wordText(control.id)}`;
  const facts: LockFact[] = [{ subject, fact: "judged", value: level }];
  if (control.compliance !== null) facts.push({ subject, fact: "compliance", value: String(control.compliance) });
  if (control.strictCompliance !== null) facts.push({ subject, fact: "strict-compliance", value: String(control.strictCompliance) });
  if (control.findings === 0) facts.push({ subject, fact: "findings", value: "zero" });
  for (const id of frameworks) {
    const fact = `framework ${wordText(id)}`;
    facts.push({ subject, fact, value: "" });
    const own = complianceIn(id, control, findings);
    if (own !== null) facts.push({ subject, fact: `${fact} compliance`, value: String(own) });
  }
  return facts;
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "." : slash === 0 ? "/" : normalPath(file.slice(0, slash));
}

/** Charts, overlays and the like, each with how many objects came out of it. */
function renderedFacts(rendered: NonNullable<Ungated["inputs"]["rendered"]>): readonly LockFact[] {
  const objects = new Map<string, number>();
  for (const { kind, file, name, resources } of rendered) {
    if (resources === 0) continue;
    const subject = `input ${wordText(kind)} ${wordText(normalPath(file))} ${wordText(name)}`;
    objects.set(subject, (objects.get(subject) ?? 0) + resources);
  }
  return [...objects].map(([subject, count]) => ({ subject, fact: OBJECTS, value: String(count) }));
}

function inputFacts({ roots, files, account, rendered = [] }: Ungated["inputs"]): readonly LockFact[] {
  const folders = new Map<string, number>();
  for (const { file, resources } of files) {
    if (resources === 0 || file === "-") continue;
    const folder = folderOf(file);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [
    { subject: "input ignored", fact: "files", value: String(account.ignored) },
    ...roots.map((root) => covered(`input root ${wordText(normalPath(root))}`)),
    ...[...folders].map(([folder, count]) => ({ subject: `input folder ${wordText(folder)}`, fact: "files", value: String(count) })),
    ...renderedFacts(rendered),
  ];
}

/** How objects were chosen, of files too, and by which parameters they were judged. */
function requestFacts({ inputs }: Ungated): readonly LockFact[] {
  return [
    covered(`${SELECTION}${wordText(objectSelection(inputs)?.text ?? EVERYTHING)}`),
    covered(`${PARAMETERS}${wordText(inputs.parameters?.digest ?? DEFAULTS)}`),
  ];
}

/** Of a cluster: which one, and its namespaces of which something was judged. */
function clusterFacts({ inputs: { cluster }, resources }: Ungated): readonly LockFact[] {
  if (cluster === undefined) return [];
  const judged = resources.filter(({ status, namespace }) => status !== "skipped" && namespace !== "");
  return [
    covered(`input cluster ${wordText(cluster.context)}`),
    ...[...new Set(judged.map(({ namespace }) => namespace))].map((name) => covered(`input namespace ${wordText(name)}`)),
  ];
}

/** Kinds that were judged; those that no control looks at are nothing to hold. */
function kindFacts(resources: readonly ResourceSummary[]): readonly LockFact[] {
  const judged = resources.filter(({ status }) => status !== "skipped");
  const kinds = new Set(judged.map(({ apiVersion, kind }) => (groupOf(apiVersion) === "" ? kind : `${groupOf(apiVersion)}/${kind}`)));
  return [...kinds].map((kind) => covered(`input kind ${wordText(kind)}`));
}

function circumstances({ tool, inputs, exceptions }: Ungated): readonly LockFact[] {
  return [
    { subject: "reached-with holdfast", fact: "version", value: wordText(tool.version) },
    { subject: "reached-with library", fact: "digest", value: wordText(tool.library) },
    ...(inputs.renderers ?? []).map(({ name, version }) => ({
      subject: `reached-with renderer ${wordText(name)}`,
      fact: "version",
      value: wordText(version),
    })),
    ...[...new Set(exceptions.filter(({ status = "active" }) => status === "active").map(({ id }) => id))].map((id) =>
      covered(`reached-with exception ${wordText(id)}`),
    ),
  ];
}

/** All that a result is worth holding, by `factKey`. Floors of frameworks and of the scan are means of those of their controls, so that they need no line that many changes would touch. */
export function factsOfResult(result: Ungated): ReadonlyMap<string, LockFact> {
  const mean = (subject: string): readonly LockFact[] => [
    { subject, fact: "compliance", value: "mean" },
    { subject, fact: "strict-compliance", value: "mean" },
  ];
  const { frameworks, controls, summary } = result;
  // Only controls with a finding that some framework accepts by itself need a second look.
  const several = new Set(result.findings.filter(({ acceptedIn = [] }) => acceptedIn.length > 0).map(({ control }) => control));
  const scoped = Map.groupBy(
    result.findings.filter(({ control }) => several.has(control)),
    ({ control }) => control,
  );
  const facts: readonly LockFact[] = [
    ...circumstances(result),
    ...mean("scan"),
    ...(summary.coverage === null ? [] : [{ subject: "scan", fact: "coverage", value: String(summary.coverage) }]),
    ...frameworks.filter(({ strictCompliance }) => strictCompliance !== null).flatMap(({ id }) => mean(`framework ${wordText(id)}`)),
    ...controls.flatMap((control) =>
      controlFacts(
        control,
        frameworks.filter((framework) => framework.controls.includes(control.id)).map(({ id }) => id),
        scoped.get(control.id) ?? [],
      ),
    ),
    ...inputFacts(result.inputs),
    ...kindFacts(result.resources),
    ...requestFacts(result),
    ...clusterFacts(result),
  ];
  return new Map(facts.map((fact) => [factKey(fact), fact]));
}
