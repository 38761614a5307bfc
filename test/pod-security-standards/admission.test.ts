// What a real API server admits to namespaces that enforce the levels of the Pod Security Standards is what the frameworks find nothing at.
import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "@holdfast/core";
import { clusterOfFile } from "../cluster/cluster-of-file.ts";
import type { TestCluster } from "../cluster/start-cluster.ts";
import { findingsOf } from "./framework-verdicts.ts";
import { mixedPods, standardPods, type Level, type MixedPod } from "./standard-pods.ts";

const LEVELS: readonly Level[] = ["baseline", "restricted"];

const clusterOf = clusterOfFile(async (cluster) => {
  await cluster.create(
    LEVELS.map((level) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: level,
        labels: { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/enforce-version": "latest" },
      },
    })),
  );
});

/** Admitted, refused for the level, or refused whatever the level: the message says why. */
type Admission = "admitted" | "refused" | `invalid: ${string}`;

function admissionOf({ status, body }: { readonly status: number; readonly body: KubernetesObject }): Admission {
  if (status === 200 || status === 201) return "admitted";
  const message = String(body["message"]);
  return status === 403 && message.includes("violates PodSecurity") ? "refused" : `invalid: ${message}`;
}

interface NamedPod {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * What admission says of pods, in a namespace that enforces the level. Ephemeral containers can't be created with a pod: where it is admitted without them it is made, and they are added in
 * a dry run.
 */
async function admissions(cluster: TestCluster, level: Level, pods: readonly NamedPod[]): Promise<readonly Admission[]> {
  const target = `/api/v1/namespaces/${level}/pods`;
  const admit = async ({ metadata, spec }: NamedPod): Promise<Admission> => {
    const { ephemeralContainers, ...created } = spec;
    const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: created };
    const answer = await cluster.request("POST", target, pod);
    const first = admissionOf(answer);
    if (first !== "admitted") return first;
    const grown = { ...answer.body, spec: { ...(answer.body["spec"] as object), ephemeralContainers } };
    return admissionOf(await cluster.request("PUT", `${target}/${metadata.name}/ephemeralcontainers?dryRun=All`, grown));
  };
  return Promise.all(pods.map(admit));
}

function named(pods: readonly Pick<MixedPod, "pod">[], prefix: string): readonly NamedPod[] {
  return pods.map(({ pod }, index) => ({
    metadata: { ...pod.metadata, name: `${prefix}-${String(index)}` },
    spec: pod.spec as Readonly<Record<string, unknown>>,
  }));
}

/** What the framework of the level makes of the same pods: admitted where no control of it finds anything. */
function verdicts(level: Level, pods: readonly NamedPod[]): readonly Admission[] {
  const objects = pods.map(({ metadata, spec }) => ({ apiVersion: "v1", kind: "Pod", metadata, spec }));
  const failed = new Set([...findingsOf(level, objects).values()].flatMap((names) => [...names]));
  return pods.map(({ metadata }) => (failed.has(`Pod ${metadata.name}`) ? "refused" : "admitted"));
}

describe.each(LEVELS)("admission at the level %s", (level) => {
  test("says of each field of the standard what the framework says", async (context) => {
    const cluster = await clusterOf(context);
    const table = standardPods().filter(
      (pod) => !pod.refusedAnyway && (level === "restricted" ? !pod.allowed || pod.level === level : pod.level === level),
    );
    const pods = named(table, "field");
    const found = verdicts(level, pods);
    const differences = (await admissions(cluster, level, pods)).flatMap((admission, index) =>
      admission === found[index] ? [] : [{ pod: table[index]?.name, admission, verdict: found[index] }],
    );
    expect(differences).toEqual([]);
  }, 120_000);

  test("says of fields together what the framework says", async (context) => {
    const cluster = await clusterOf(context);
    const mixed = mixedPods(level, 150);
    const pods = named(mixed, "mixed");
    const found = verdicts(level, pods);
    const answers = await admissions(cluster, level, pods);
    const differences = answers.flatMap((admission, index) =>
      admission === found[index] || admission.startsWith("invalid") ? [] : [{ pod: mixed[index]?.name, admission, verdict: found[index] }],
    );
    expect(differences).toEqual([]);
    // Else nothing would be compared.
    for (const admission of ["admitted", "refused"]) expect(answers.filter((one) => one === admission).length).toBeGreaterThan(10);
  }, 120_000);
});
