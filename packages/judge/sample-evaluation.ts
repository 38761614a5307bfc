import {
  identityOf,
  type Control,
  type Evaluation,
  type FindingDraft,
  type KubernetesObject,
  type Problem,
  type Resource,
  type Skip,
} from "@holdfast/core";

/** A control for tests: only what is told is special. */
export function sampleControl(id: string, score: number | null = 5, scope: readonly string[] = ["cluster", "file"]): Control {
  return {
    id,
    name: `control ${id}`,
    score,
    severity: score === null ? "unknown" : score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low",
    category: "Workload",
    scope,
    tags: [],
    rules: [`rule-${id}`],
    attackTracks: [],
    mitre: [],
    parameters: [],
    help: { description: "", why: "", fix: "", limits: "" },
  };
}

/** A resource for tests, from its object. */
export function sampleResource(object: KubernetesObject, file: string = "app.yaml"): Resource {
  return { ...identityOf(object), object, file, line: 1 };
}

/** A pod with one container. */
function samplePod(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers: [{ name: "main", image: "app:1" }] } };
}

/** A finding for tests. */
export function sampleFinding(control: string, resource: number, path: string = "spec.containers[0].securityContext"): FindingDraft {
  return {
    control,
    rule: `rule-${control}`,
    resource,
    message: `${control} on ${resource}`,
    related: [],
    paths: [{ path, kind: "failed" }],
    evidence: [],
    fixes: [{ kind: "none", reason: "for a test" }],
  };
}

/** What became of a control in a test: which resources were judged and which of them have a finding. */
export interface SampleControl {
  readonly control: Control;
  readonly judged?: readonly number[];
  readonly failed?: readonly number[];
  readonly errors?: readonly number[];
  readonly skips?: readonly Skip[];
}

/** An evaluation for tests, of pods that are all in one file. */
export function sampleEvaluation(pods: number, controls: readonly SampleControl[], more: Partial<Evaluation> = {}): Evaluation {
  return {
    inputs: {
      roots: ["."],
      kind: "files",
      files: [],
      account: { files: 1, ignored: 0, documents: pods, produced: pods, resources: pods, notKubernetes: 0, lost: 0, partial: 0 },
    },
    resources: Array.from({ length: pods }, (_, i) => sampleResource(samplePod(`pod-${i}`))),
    frameworks: [],
    allFrameworks: [],
    allControls: controls.map(({ control }) => control),
    attackTracks: [],
    controls: controls.map(({ control, judged, failed, errors, skips }) => ({
      control,
      evaluations:
        judged === undefined
          ? []
          : [
              {
                receipt: {
                  control: control.id,
                  rule: `rule-${control.id}`,
                  digest: "d",
                  given: judged.length,
                  judged: judged.length,
                  findings: failed?.length ?? 0,
                },
                judged,
              },
            ],
      errors: errors ?? [],
      skips: skips ?? [],
    })),
    findings: controls.flatMap(({ control, failed }) => (failed ?? []).map((resource) => sampleFinding(control.id, resource))),
    problems: [],
    library: "test",
    ...more,
  };
}

/** A problem for tests. */
export function sampleProblem(): Problem {
  return { code: "rule-failed", stage: "evaluate", subject: "C-0001", effect: "lost", cause: "for a test", remedy: "none" };
}
