import type { Evaluation, Framework, KubernetesObject, Problem, Result } from "@holdfast/core";
import { judge } from "../judge.ts";
import { sampleControl, sampleFinding, sampleResource } from "../sample-evaluation.ts";

/** A pod of an estate: its name, and the ids of the controls that find something in it. */
export interface SamplePod {
  readonly name: string;
  readonly faults: readonly string[];
}

/** Manifests, and what judges them: enough to scan the whole and parts of it. */
export interface SampleEstate {
  readonly files: readonly { readonly file: string; readonly pods: readonly SamplePod[] }[];
  readonly controls: readonly string[];
  readonly frameworks: readonly { readonly id: string; readonly controls: readonly string[] }[];
}

/** How an estate is scanned; all of it where nothing is said. */
export interface SampleScan {
  readonly roots?: readonly string[];
  /** Files that can't be read. */
  readonly lost?: readonly string[];
  /** Files that ignore files leave out. */
  readonly ignored?: readonly string[];
  readonly controls?: readonly string[];
  readonly frameworks?: readonly string[];
  /** Controls whose evaluation fails. */
  readonly failing?: readonly string[];
  readonly library?: string;
  /** Digests of rules by control, where they are not the usual one. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly renderers?: NonNullable<Result["inputs"]["renderers"]>;
  readonly rendered?: NonNullable<Result["inputs"]["rendered"]>;
  readonly time?: string;
  /** Pairs of control and pod that an exception accepts, as `C-1 pod`. */
  readonly accepted?: readonly string[];
  readonly kind?: string;
}

function podObject(name: string, kind: string): KubernetesObject {
  return { apiVersion: "v1", kind, metadata: { name, namespace: "shop" }, spec: { containers: [{ name: "main", image: `${name}:1` }] } };
}

function frameworkOf({ id, controls }: SampleEstate["frameworks"][number]): Framework {
  return { id, name: id, description: "", sections: [{ id: "s", title: "S", controls }] };
}

function lostProblem(file: string): Problem {
  return { code: "yaml-syntax", stage: "load", subject: file, effect: "lost", cause: "for a test", remedy: "none", file };
}

function evaluationOf(estate: SampleEstate, scan: SampleScan): Evaluation {
  const { roots = ["."], lost = [], ignored = [], failing = [], controls = estate.controls, frameworks = [], kind = "Pod" } = scan;
  const claimed = estate.files.filter(
    ({ file }) => !ignored.includes(file) && roots.some((root) => root === "." || file === root || file.startsWith(`${root}/`)),
  );
  const read = claimed.filter(({ file }) => !lost.includes(file));
  const pods = read.flatMap(({ file, pods: own }) => own.map((pod) => ({ ...pod, file })));
  const places = pods.map((_, place) => place);
  const problems = [
    ...claimed.filter(({ file }) => lost.includes(file)).map(({ file }) => lostProblem(file)),
    ...failing.map((id) => ({ ...lostProblem(id), stage: "evaluate" as const })),
  ];
  const lostCount = claimed.length - read.length;
  const chosen = estate.frameworks.filter(({ id }) => frameworks.includes(id)).map(frameworkOf);
  return {
    inputs: {
      roots,
      kind: "files",
      files: claimed.map(({ file, pods: own }) => {
        const gone = lost.includes(file);
        return { file, loader: "yaml", documents: own.length, resources: gone ? 0 : own.length, notKubernetes: 0, lost: gone ? 1 : 0 };
      }),
      account: {
        files: claimed.length,
        ignored: ignored.length,
        documents: pods.length + lostCount,
        produced: pods.length,
        resources: pods.length,
        notKubernetes: 0,
        lost: lostCount,
        partial: 0,
      },
      ...(scan.renderers === undefined ? {} : { renderers: scan.renderers }),
      ...(scan.rendered === undefined ? {} : { rendered: scan.rendered }),
    },
    resources: pods.map(({ name, file }) => sampleResource(podObject(name, kind), file)),
    frameworks: chosen,
    allFrameworks: chosen,
    allControls: estate.controls.map((id) => sampleControl(id)),
    attackTracks: [],
    controls: controls.map((id) => {
      const broken = failing.includes(id);
      const judged = broken || places.length === 0 ? [] : places;
      const receipt = {
        control: id,
        rule: `rule-${id}`,
        digest: scan.digests?.[id] ?? "d",
        given: judged.length,
        judged: judged.length,
        findings: 0,
      };
      return {
        control: sampleControl(id),
        evaluations: judged.length === 0 ? [] : [{ receipt, judged }],
        errors: broken ? [problems.findIndex(({ subject }) => subject === id)] : [],
        skips: judged.length === 0 && !broken ? [{ reason: "no-match" as const }] : [],
      };
    }),
    findings: controls
      .filter((id) => !failing.includes(id))
      .flatMap((id) => pods.flatMap((pod, place) => (pod.faults.includes(id) ? [sampleFinding(id, place)] : []))),
    problems,
    library: scan.library ?? "library-1",
  };
}

/** Scans an estate, or a part of it. */
export function scanEstate(estate: SampleEstate, scan: SampleScan = {}): Result {
  return judge(evaluationOf(estate, scan), { version: "test", gates: {}, ...(scan.time === undefined ? {} : { time: scan.time }) });
}
