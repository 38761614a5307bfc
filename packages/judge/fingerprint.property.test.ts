import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evaluation, FindingDraft, KubernetesObject } from "@holdfast/core";
import { judge } from "./judge.ts";
import { sampleControl, sampleEvaluation, sampleFinding, sampleResource } from "./sample-evaluation.ts";

interface Workload {
  readonly name: string;
  readonly containers: readonly { readonly name: string; readonly image: string; readonly ports: readonly number[] }[];
}

const NAMES = ["web", "proxy", "agent", "init"] as const;
const CONTROLS = ["C-1", "C-2"] as const;

const workload: fc.Arbitrary<Workload> = fc.record({
  name: fc.constantFrom("shop", "bank", "mail"),
  containers: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...NAMES),
      image: fc.constantFrom("a", "r.example:5000/b"),
      ports: fc.uniqueArray(fc.constantFrom(80, 443, 8080), { maxLength: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 3,
      selector: ({ name }) => name,
    },
  ),
});

/** What may change without a finding becoming another one. */
interface Change {
  readonly file: string;
  readonly tag: string;
  readonly apiVersion: string;
  readonly reversed: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  file: fc.constantFrom("app.yaml", "elsewhere/app.yaml"),
  tag: fc.constantFrom(":1", ":2.0-rc", "@sha256:0123", ""),
  apiVersion: fc.constantFrom("apps/v1", "apps/v1beta2"),
  reversed: fc.boolean(),
});

function objectOf({ name, containers }: Workload, { tag, apiVersion, reversed }: Change): KubernetesObject {
  const list = containers.map(({ image, ports, ...container }) => ({
    ...container,
    image: image + tag,
    ports: (reversed ? ports.toReversed() : ports).map((containerPort) => ({ containerPort })),
  }));
  return { apiVersion, kind: "Deployment", metadata: { name }, spec: { containers: reversed ? list.toReversed() : list } };
}

/** A finding of each control on the security context of each container, and on each port: by names first, since places change. */
function findingsOf(object: KubernetesObject, resource: number): readonly FindingDraft[] {
  const { containers } = object["spec"] as {
    readonly containers: readonly { readonly name: string; readonly ports: readonly { readonly containerPort: number }[] }[];
  };
  return CONTROLS.flatMap((control) =>
    containers.flatMap(({ name, ports }, place) => [
      { ...sampleFinding(control, resource, `spec.containers[${place}].securityContext`), message: name },
      ...ports.map(({ containerPort }, port) => ({
        ...sampleFinding(control, resource, `spec.containers[${place}].ports[${port}].hostPort`),
        message: `${name} ${containerPort}`,
      })),
    ]),
  );
}

function evaluationOf(workloads: readonly Workload[], changed: Change): Evaluation {
  const objects = workloads.map((one) => objectOf(one, changed));
  const base = sampleEvaluation(
    0,
    CONTROLS.map((id) => ({ control: sampleControl(id), judged: objects.map((_, place) => place) })),
  );
  return { ...base, resources: objects.map((object) => sampleResource(object, changed.file)), findings: objects.flatMap(findingsOf) };
}

/** Fingerprints by what each finding is about. */
function prints(evaluation: Evaluation): readonly (readonly [about: string, fingerprint: string])[] {
  return judge(evaluation, { version: "test", gates: {} })
    .findings.map(({ control, resource, message, fingerprint }) => [`${control} ${resource} ${message}`, fingerprint] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const CHANGELESS: Change = { file: "app.yaml", tag: ":1", apiVersion: "apps/v1", reversed: false };

test("fingerprints survive a moved file, reordered lists, new image tags and another version of the API, all at once", () => {
  fc.assert(
    fc.property(fc.uniqueArray(workload, { minLength: 1, maxLength: 3, selector: ({ name }) => name }), change, (workloads, changed) => {
      expect(prints(evaluationOf(workloads, changed))).toEqual(prints(evaluationOf(workloads, CHANGELESS)));
    }),
    { numRuns: 200 },
  );
});

test("two findings of one scan never share one, not even where the same object stands in two files", () => {
  fc.assert(
    fc.property(fc.array(workload, { minLength: 1, maxLength: 4 }), (workloads) => {
      const all = prints(evaluationOf(workloads, CHANGELESS)).map(([, fingerprint]) => fingerprint);
      expect(new Set(all).size).toBe(all.length);
    }),
    { numRuns: 200 },
  );
});
