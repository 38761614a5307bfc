import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "@holdfast/core";
import { Fingerprints } from "./fingerprint.ts";
import { sampleFinding, sampleResource } from "./sample-evaluation.ts";

interface Container extends KubernetesObject {
  readonly name: string;
}

function workload(containers: readonly Container[], more: KubernetesObject = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop" }, spec: { containers }, ...more };
}

function print(object: KubernetesObject, path: string, file: string = "a.yaml", control: string = "C-1"): string {
  return new Fingerprints([sampleResource(object, file)]).of(sampleFinding(control, 0, path));
}

const web: Container = { name: "web", image: "web:1.0", ports: [{ containerPort: 80 }] };
const proxy: Container = { name: "proxy", image: "proxy:1.0" };

describe("a fingerprint survives", () => {
  const before = print(workload([web, proxy]), "spec.containers[0].securityContext.privileged");

  test("moving the file", () => {
    expect(print(workload([web, proxy]), "spec.containers[0].securityContext.privileged", "elsewhere/b.yaml")).toBe(before);
  });

  test("reordering the list", () => {
    expect(print(workload([proxy, web]), "spec.containers[1].securityContext.privileged")).toBe(before);
  });

  test("a new image tag", () => {
    expect(print(workload([{ ...web, image: "web:2.0" }, proxy]), "spec.containers[0].securityContext.privileged")).toBe(before);
  });

  test("a new version of the API", () => {
    expect(print({ ...workload([web, proxy]), apiVersion: "v2" }, "spec.containers[0].securityContext.privileged")).toBe(before);
  });
});

describe("a fingerprint differs for", () => {
  const base = print(workload([web, proxy]), "spec.containers[0].image");

  test.each([
    ["another container", print(workload([web, proxy]), "spec.containers[1].image")],
    ["another field", print(workload([web, proxy]), "spec.containers[0].name")],
    ["another control", print(workload([web, proxy]), "spec.containers[0].image", "a.yaml", "C-2")],
    ["another object", print({ ...workload([web, proxy]), metadata: { name: "other", namespace: "shop" } }, "spec.containers[0].image")],
    ["another namespace", print({ ...workload([web, proxy]), metadata: { name: "web", namespace: "other" } }, "spec.containers[0].image")],
    ["another kind", print({ ...workload([web, proxy]), kind: "Deployment" }, "spec.containers[0].image")],
  ])("%s", (_, other) => {
    expect(other).not.toBe(base);
  });
});

describe("paths are normalised", () => {
  const normalisePath = (path: string, root: KubernetesObject): string => new Fingerprints([]).normalise(path, root);
  const object = workload([web, { ...proxy, args: ["-v", "-v", "--port=1"] }], {
    rules: [
      { verbs: ["get"], resources: ["pods"] },
      { resources: ["pods"], verbs: ["list"] },
    ],
  });

  test.each([
    ["spec.containers[1].image", "spec.containers[name=proxy].image"],
    ["spec.containers[0].ports[0].hostPort", "spec.containers[name=web].ports[containerPort=80].hostPort"],
    ["spec.containers[1].args[2]", "spec.containers[name=proxy].args[=--port=1]"],
    ["spec.containers[1].args[1]", "spec.containers[name=proxy].args[=-v#2]"],
    ["spec.containers[7].image", "spec.containers[+].image"],
  ])("%s", (path, wanted) => {
    expect(normalisePath(path, object)).toBe(wanted);
  });

  test("an item may hold an integer beyond doubles", () => {
    const huge = { ...object, rules: [{ limit: 9_007_199_254_740_993n }, { limit: 9_007_199_254_740_995n }] };
    expect(normalisePath("rules[0].limit", huge)).not.toBe(normalisePath("rules[1].limit", huge));
  });

  test("an item without a name is known by its content, whatever its place", () => {
    const turned = { ...object, rules: (object["rules"] as readonly unknown[]).toReversed() };
    expect(normalisePath("rules[0].verbs", object)).toBe(normalisePath("rules[1].verbs", turned));
    expect(normalisePath("rules[0].verbs", object)).not.toBe(normalisePath("rules[1].verbs", object));
  });
});
