// The frameworks pss-baseline and pss-restricted find what the Pod Security Standards forbid, field by field, and nothing that they allow.
import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "@holdfast/core";
import { findingsOf, frameworkOf } from "./framework-verdicts.ts";
import { standardPods, type Level, type StandardPod } from "./standard-pods.ts";

const pods = standardPods();

/** What a pod stands in: alone, in a Deployment, in a CronJob. */
function objectsOf({ pod }: StandardPod, index: number): readonly KubernetesObject[] {
  const metadata = { name: `pod-${String(index)}`, namespace: "shop" };
  return [
    { apiVersion: "v1", kind: "Pod", metadata: { ...pod.metadata, ...metadata }, spec: pod.spec },
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { template: pod } },
    { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: pod } } } },
  ];
}

const objects = pods.flatMap(objectsOf);
const findings = { baseline: findingsOf("baseline", objects), restricted: findingsOf("restricted", objects) };

/** The controls of a level's framework that find something at a pod, by the kind of its object. */
function failures(level: Level, index: number): readonly (readonly string[])[] {
  return ["Pod", "Deployment", "CronJob"].map((kind) =>
    [...findings[level]].flatMap(([id, names]) => (names.has(`${kind} pod-${String(index)}`) ? [id] : [])),
  );
}

const numbered = pods.map((pod, index) => [pod.name, pod, index] as const);

describe("the Pod Security Standards, field by field", () => {
  test("no pod is there twice", () => {
    expect(new Set(pods.map(({ name }) => name)).size).toBe(pods.length);
  });

  test.each(numbered.filter(([, { allowed }]) => allowed))("allowed: %s", (_, { level }, index) => {
    expect(failures(level, index)).toEqual([[], [], []]);
  });

  test.each(numbered.filter(([, { allowed }]) => !allowed))("forbidden: %s", (_, { level, control }, index) => {
    for (const failed of failures(level, index)) expect(failed).toContain(control);
  });

  // Restricted is all of baseline and more.
  test.each(numbered.filter(([, { allowed, level }]) => !allowed && level === "baseline"))(
    "forbidden under restricted too: %s",
    (_, { control }, index) => {
      for (const failed of failures("restricted", index)) expect(failed).toContain(control);
    },
  );

  test.each(["baseline", "restricted"] as const)(
    "each section of %s names the controls that find what it forbids, and each is tried",
    (level) => {
      const tried = new Map<string, Set<string>>();
      for (const { section, control, level: own } of pods) {
        if (level === "baseline" && own === "restricted") continue;
        tried.set(section, (tried.get(section) ?? new Set()).add(control));
      }
      const named = frameworkOf(level).sections.map(({ id, controls: ids }) => [id, ids.toSorted()] as const);
      expect(Object.fromEntries(named)).toEqual(Object.fromEntries([...tried].map(([id, ids]) => [id, [...ids].toSorted()] as const)));
    },
  );
});
